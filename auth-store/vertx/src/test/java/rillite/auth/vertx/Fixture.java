package rillite.auth.vertx;

import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rillite.auth.AuthOptions;
import rillite.auth.AuthStore;
import rillite.auth.NewUser;
import rillite.auth.UserId;
import rillite.core.testing.MovingClock;
import rillite.querysets.Database;

/** A migrated store in a file and a Vert.x, both closed at the end. */
final class Fixture implements AutoCloseable {

    static final String PASSWORD = "correct horse";

    final MovingClock clock = new MovingClock();
    final Path file;
    final Database db;
    final AuthStore auth;
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    private Fixture(Path file) {
        this.file = file;
        db = get(Database.open(file));
        auth = AuthStore.on(
                db,
                AuthOptions.defaults()
                        .clock(clock)
                        .hashing(16, 1, 1)
                        .encryptionKey("k1", "0123456789abcdef0123456789abcdef".getBytes()));
        run(auth.migrate());
    }

    static Fixture in(Path directory) {
        return new Fixture(directory.resolve("auth.db"));
    }

    static <T> T await(Future<T> work) {
        try {
            return work.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    static @Nullable Throwable failure(Future<?> work) {
        return await(work.map((Throwable) null).otherwise(error -> error));
    }

    /** Calls on an event loop, and asserts that the result arrives on the same context. */
    <T> T onLoop(Supplier<Future<T>> call) {
        Context context = vertx.getOrCreateContext();
        Promise<T> seen = Promise.promise();
        context.runOnContext(on -> call.get().onComplete(result -> {
            if (Vertx.currentContext() != context) {
                seen.fail(new AssertionError("arrived on " + Thread.currentThread()));
            } else {
                seen.complete(result.result(), result.cause());
            }
        }));
        return await(seen.future());
    }

    SqliteSessionStore sessions() {
        return sessions(new JsonObject());
    }

    SqliteSessionStore sessions(JsonObject options) {
        SqliteSessionStore store = SqliteSessionStore.create(vertx, db, options, clock);
        await(store.size());
        return store;
    }

    UserId ada() {
        UserId user = get(auth.users().create(NewUser.of("ada@example.org"))).id();
        run(auth.passwords().set(user, PASSWORD));
        return user;
    }

    /** Starts a server; gives its port. */
    int serve(Consumer<Router> routes) {
        Router router = Router.router(vertx);
        routes.accept(router);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        return await(server.listen(0, "127.0.0.1")).actualPort();
    }

    long count(String sql, Object... values) {
        return get(db.sql(sql, values).values().flat(Long.class).get());
    }

    @Override
    public void close() {
        await(vertx.close());
        run(db.close());
    }
}
