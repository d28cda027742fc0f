package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.failure;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.web.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets are planted, then looked for in logs, errors and texts, and ids of sessions in the file. */
final class CanaryTests extends VertxTests {

    private static final String SECRET = "canary-4f1b";

    private final Queue<String> emitted = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Level level = root.getLevel();

    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            emitted.add(formatter.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        fixture.ada();
        root.addHandler(handler);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        root.removeHandler(handler);
        root.setLevel(level);
    }

    private void failed(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        emitted.add(trace.toString());
    }

    @Test
    void secrets_areNowhere() throws IOException {
        SqliteSessionStore store = fixture.sessions();
        Session session = store.createSession(60_000).put("secret", new JsonObject().put("key", SECRET));
        fixture.onLoop(() -> store.put(session));
        emitted.add(session.toString() + store + fixture.onLoop(() -> store.get(session.id())));
        byte[] payload = get(fixture.db
                .sql("SELECT payload FROM auth_web_session")
                .values()
                .flat(byte[].class)
                .get());
        emitted.add(new StoredSession(payload, payload, 1, 1, 1).toString());
        int value = new String(payload, StandardCharsets.ISO_8859_1).indexOf(SECRET) - 1;
        payload[value] = 'x';
        run(fixture.db
                .sql("UPDATE auth_web_session SET payload = ?1", (Object) payload)
                .execute());
        assertThat(fixture.onLoop(() -> store.get(session.id()))).isNull();
        assertThat(emitted).anyMatch(line -> line.contains("is no session"));
        failed(failure(store.put(store.createSession(60_000).put(SECRET, new Object()))));
        failed(failure(store.put(session.put("more", SECRET).put("most", "x".repeat(70_000)))));

        var passwords = AuthStoreVertxAuthenticationProvider.create(fixture.vertx, fixture.auth);
        failed(failure(passwords.authenticate(new UsernamePasswordCredentials(SECRET, SECRET))));
        failed(failure(passwords.authenticate(new UsernamePasswordCredentials("ada@example.org", SECRET))));
        failed(failure(passwords.authenticate(new TokenCredentials(SECRET))));
        var keys = AuthStoreCredentialStorage.create(fixture.vertx, fixture.auth);
        failed(failure(keys.storeCredential(new io.vertx.ext.auth.webauthn4j.Authenticator()
                .setUsername(SECRET)
                .setCredID(SECRET + "!"))));

        assertThat(emitted).hasSizeGreaterThan(7).noneMatch(text -> text.contains(SECRET));
        assertThat(emitted).noneMatch(text -> text.contains(session.id()));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(session.id());
            }
        }
    }
}
