package rillite.auth.spring.session;

import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.race;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.session.ReactiveFindByIndexNameSessionRepository;
import rillite.querysets.Database;
import rillite.r2dbc.testing.ChildJvm;

/** One of several processes with sessions in a file: does what a line says. */
final class SessionProcess implements AutoCloseable {

    /** Set to the same value by each save of {@code write} and {@code forEver}. */
    static final List<String> TOGETHER = List.of("x", "y", "z");

    static final String PRINCIPAL = ReactiveFindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;
    private static final int CALLERS = 8;

    final Database db;
    final SqliteReactiveSessionRepository sessions;
    private @Nullable SqliteSession held;

    SessionProcess(Path file) {
        db = get(Database.open(file));
        sessions = new SqliteReactiveSessionRepository(db);
    }

    public static void main(String[] arguments) throws Exception {
        try (SessionProcess process = new SessionProcess(Path.of(arguments[0]))) {
            ChildJvm.serve(process::answer);
        }
    }

    List<String> answer(String line) throws Exception {
        String[] words = line.split(" ");
        return switch (words[0]) {
            case "migrate" -> get(sessions.migrate()).created();
            case "create" -> List.of(created(PRINCIPAL, words[1], words[2], words[3]));
            case "find" -> texts(find(sessions.findById(words[1])));
            case "ofPrincipal" ->
                get(sessions.findByPrincipalName(words[1])).keySet().stream().toList();
            case "delete" -> {
                run(sessions.deleteById(words[1]));
                yield List.of();
            }
            case "hold" -> {
                held = get(sessions.findById(words[1]));
                yield List.of();
            }
            case "set" -> {
                held().setAttribute(words[1], words[2]);
                yield saved();
            }
            case "rename" -> {
                String next = held().changeSessionId();
                yield saved().equals(List.of("saved")) ? List.of(next) : List.of();
            }
            case "purge" -> List.of(get(sessions.purgeExpired(20)).toString());
            case "write" -> write(words[1], words[2], Integer.parseInt(words[3]));
            case "forEver" -> race(CALLERS, this::forEver);
            default -> throw new IllegalArgumentException(line);
        };
    }

    private SqliteSession held() {
        return Objects.requireNonNull(held);
    }

    private List<String> saved() {
        try {
            run(sessions.save(held()));
            return List.of("saved");
        } catch (IllegalStateException e) {
            return List.of(Objects.toString(e.getMessage()));
        }
    }

    private String created(String... namesAndValues) {
        SqliteSession session = get(sessions.createSession());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            session.setAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
        run(sessions.save(session));
        return session.getId();
    }

    /** The attributes but that of the principal, sorted. */
    private static List<String> texts(@Nullable SqliteSession session) {
        return session == null
                ? List.of()
                : session.getAttributeNames().stream()
                        .filter(name -> !name.equals(PRINCIPAL))
                        .map(name -> name + "=" + session.getAttribute(name))
                        .sorted()
                        .toList();
    }

    /** Saves so many attributes of its own, each with those that are set together; gives what it saw torn. */
    private List<String> write(String id, String own, int count) throws Exception {
        List<String> torn = Collections.synchronizedList(new ArrayList<>());
        race(CALLERS, caller -> {
            for (int i = caller; i < count; i += CALLERS) {
                SqliteSession session = get(sessions.findById(id));
                if (TOGETHER.stream().map(session::getAttribute).distinct().count() > 1) {
                    torn.add(texts(session).toString());
                }
                String value = own + i;
                session.setAttribute(value, value);
                TOGETHER.forEach(name -> session.setAttribute(name, value));
                run(sessions.save(session));
            }
            return caller;
        });
        return torn;
    }

    /** Creates, changes, moves and deletes sessions until the process is killed, and tells of each before or after. */
    private String forEver(int caller) {
        for (int i = 0; ; i++) {
            SqliteSession session = get(sessions.createSession());
            set(session, "first");
            run(sessions.save(session));
            System.out.println("first " + session.getId());
            set(session, "second");
            session.removeAttribute("once");
            run(sessions.save(session));
            System.out.println("second " + session.getId());
            String old = session.getId();
            System.out.println("ending " + old);
            if (i % 2 == 0) {
                run(sessions.deleteById(old));
            } else {
                session.changeSessionId();
                set(session, "third");
                run(sessions.save(session));
                System.out.println("third " + session.getId());
            }
            System.out.println("ended " + old);
        }
    }

    private static void set(SqliteSession session, String value) {
        session.setAttribute("once", value);
        TOGETHER.forEach(name -> session.setAttribute(name, value));
    }

    @Override
    public void close() {
        run(db.close());
    }
}
