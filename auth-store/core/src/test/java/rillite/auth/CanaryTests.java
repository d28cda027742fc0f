package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.Fixture.find;
import static rillite.auth.Fixture.get;
import static rillite.auth.Fixture.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** Secrets are planted in everything that takes one, then looked for in everything that is emitted. */
final class CanaryTests extends StoreTests {

    private static final String PASSWORD = "canary-password-7f3a";
    private static final String ACCESS = "canary-access-91bc";
    private static final String REFRESH = "canary-refresh-02de";
    private static final String KEY = "canary-key-1234567890abcdefghijk";

    private final Queue<String> emitted = new ConcurrentLinkedQueue<>();
    private final List<String> secrets = new ArrayList<>(List.of(PASSWORD, ACCESS, REFRESH, KEY));

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

    private <T> T told(Mono<T> work) {
        T value = get(work);
        emitted.add(value.toString());
        return value;
    }

    private void failed(Mono<?> work) {
        try {
            run(work);
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            emitted.add(trace.toString());
            return;
        }
        throw new AssertionError("did not fail");
    }

    private String secret(Secret secret) {
        secrets.add(secret.expose());
        emitted.add(secret.toString());
        return secret.expose();
    }

    @Test
    void secrets_areNowhere() throws Exception {
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        Path file = directory.resolve("canary.db");
        Database db = get(Database.open(
                file, DatabaseOptions.defaults().statementListener(emitted::add).development()));
        try {
            AuthStore canary = AuthStore.on(
                    db,
                    AuthOptions.defaults().clock(store.clock).hashing(16, 1, 1).encryptionKey("k", KEY.getBytes()));
            emitted.add(canary.toString());
            run(canary.migrate());
            use(canary);
            refuse(canary, db);
        } finally {
            root.removeHandler(handler);
            root.setLevel(before);
            run(db.close());
        }
        assertThat(secrets).hasSizeGreaterThan(15);
        for (String secret : secrets) {
            assertThat(emitted).noneMatch(text -> text.contains(secret));
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path stored : files.filter(one -> one.getFileName().toString().startsWith("canary"))
                    .toList()) {
                String bytes = Files.readString(stored, StandardCharsets.ISO_8859_1);
                assertThat(secrets).as(stored.toString()).noneMatch(bytes::contains);
            }
        }
    }

    private void use(AuthStore canary) {
        UserId ada = told(canary.users().create(NewUser.of("ada@example.org"))).id();
        run(canary.passwords().set(ada, PASSWORD));
        told(canary.passwords().verify("ada@example.org", PASSWORD));
        String session = secret(
                told(canary.sessions().create(ada, SessionRequest.none())).token());
        told(canary.sessions().authenticate(session));
        secret(told(canary.sessions().rotate(session)).token());
        String link = secret(told(canary.tokens().issue(Purpose.MAGIC_LINK, "ada@example.org"))
                .token());
        told(canary.tokens().peek(Purpose.MAGIC_LINK, link));
        told(canary.tokens().consume(Purpose.MAGIC_LINK, link));
        OAuthTokens tokens = OAuthTokens.of(Secret.of(ACCESS)).refresh(Secret.of(REFRESH));
        ExternalIdentity identity = ExternalIdentity.of("github", "42").tokens(tokens);
        emitted.add(identity.toString());
        told(canary.accounts().link(ada, identity));
        AccountId account = told(canary.accounts().of(ada).next()).id();
        told(canary.accounts().tokens(account));
        Totp.Enrolment enrolment = told(canary.totp().begin(ada));
        Authenticator phone = Authenticator.of(secret(enrolment.secret()));
        secret(enrolment.uri());
        long step = store.clock.millis() / 30_000;
        assertThat(get(canary.totp().confirm(ada, phone.code(step)))).isTrue();
        told(canary.totp().newBackupCodes(ada)).forEach(this::secret);
    }

    private void refuse(AuthStore canary, Database db) {
        UserId ada = told(canary.users().findByEmail("ada@example.org")).id();
        failed(canary.passwords().set(UserId.of("nobody"), PASSWORD));
        failed(canary.passwords().change(ada, PASSWORD + "!", PASSWORD, null));
        failed(canary.passwords().resetWith(RawToken.mint().expose(), PASSWORD));
        failed(Mono.defer(() -> canary.passwords().set(ada, PASSWORD + "\ud800")));
        failed(Mono.defer(() -> canary.users().create(NewUser.of(PASSWORD))));
        told(canary.passwords().verify(PASSWORD, PASSWORD));
        assertThat(find(canary.sessions().authenticate(PASSWORD))).isNull();
        run(db.sql("CREATE TRIGGER planted BEFORE INSERT ON auth_token BEGIN SELECT RAISE(ABORT, 'planted'); END")
                .execute());
        failed(canary.tokens().issue(Purpose.MAGIC_LINK, "ada@example.org"));
        run(db.sql("DROP TABLE auth_session").execute());
        failed(canary.sessions().create(ada, SessionRequest.none()));
        failed(canary.accounts()
                .link(UserId.of("nobody"), ExternalIdentity.of("x", "y").tokens(OAuthTokens.of(Secret.of(ACCESS)))));
        emitted.add(new TokenInfo("s", Map.of("claim", PASSWORD), MovingClock.START, MovingClock.START).toString());
    }
}
