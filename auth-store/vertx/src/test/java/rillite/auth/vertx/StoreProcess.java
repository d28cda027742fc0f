package rillite.auth.vertx;

import static rillite.auth.vertx.Fixture.await;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.race;
import static rillite.core.testing.Await.run;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Database;
import rillite.r2dbc.testing.ChildJvm;

/** One of several processes with sessions in a file: does what a line says. Every visit is noted, ended rows are swept all the time. */
final class StoreProcess implements AutoCloseable {

    private static final long TIMEOUT = 1_800_000;
    private static final int CALLERS = 8;
    private static final JsonObject OPTIONS =
            new JsonObject().put("touchEveryMillis", 0).put("sweepEveryMillis", 100);

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final Database db;
    final SqliteSessionStore store;
    private @Nullable Session held;

    StoreProcess(Path file) {
        db = get(Database.open(file));
        store = SqliteSessionStore.create(vertx, db, OPTIONS, Clock.systemUTC());
        await(store.size());
    }

    public static void main(String[] arguments) throws Exception {
        try (StoreProcess process = new StoreProcess(Path.of(arguments[0]))) {
            ChildJvm.serve(process::answer);
        }
    }

    List<String> answer(String line) throws Exception {
        String[] words = line.split(" ");
        return switch (words[0]) {
            case "create" -> {
                Session session = store.createSession(TIMEOUT).put("n", Integer.parseInt(words[1]));
                await(store.put(session));
                yield List.of(session.id());
            }
            case "get" -> text(await(store.get(words[1])));
            case "size" -> List.of(await(store.size()).toString());
            case "delete" -> {
                await(store.delete(words[1]));
                yield List.of();
            }
            case "clear" -> {
                await(store.clear());
                yield List.of();
            }
            case "hold" -> {
                held = Objects.requireNonNull(await(store.get(words[1])));
                yield List.of();
            }
            case "set" -> {
                held().put("n", Integer.parseInt(words[1]));
                yield put();
            }
            case "visit" -> put();
            case "renew" -> {
                held().regenerateId();
                yield put().equals(List.of("put")) ? List.of(held().id()) : List.of();
            }
            case "count" -> race(CALLERS, caller -> count(words[1], Integer.parseInt(words[2])));
            case "forEver" -> race(CALLERS, caller -> forEver());
            default -> throw new IllegalArgumentException(line);
        };
    }

    private Session held() {
        return Objects.requireNonNull(held);
    }

    private List<String> put() {
        return List.of(isPut(held()) ? "put" : "refused");
    }

    private boolean isPut(Session session) {
        Throwable failure = Fixture.failure(store.put(session));
        if (failure == null || failure instanceof SessionVersionException) {
            return failure == null;
        }
        throw new AssertionError(failure);
    }

    private static List<String> text(@Nullable Session session) {
        return session == null
                ? List.of()
                : session.data().entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .sorted()
                        .toList();
    }

    /** Adds one so many times, each time anew until nobody else came first. */
    private String count(String id, int times) {
        for (int i = 0; i < times; ) {
            Session session = Objects.requireNonNull(await(store.get(id)));
            session.put("n", session.<Integer>get("n") + 1);
            i += isPut(session) ? 1 : 0;
        }
        return "counted";
    }

    /** Creates, changes, moves and deletes sessions until the process is killed, and tells of each before or after. */
    private String forEver() {
        for (boolean deletes = true; ; deletes = !deletes) {
            Session session = store.createSession(TIMEOUT).put("a", 1).put("b", 1);
            await(store.put(session));
            System.out.println("first " + session.id());
            await(store.put(session.put("a", 2).put("b", 2)));
            System.out.println("second " + session.id());
            String old = session.id();
            System.out.println("ending " + old);
            if (deletes) {
                await(store.delete(old));
            } else {
                await(store.put(session.regenerateId().put("a", 3).put("b", 3)));
                System.out.println("third " + session.id());
            }
            System.out.println("ended " + old);
        }
    }

    @Override
    public void close() {
        store.close();
        await(vertx.close());
        run(db.close());
    }
}
