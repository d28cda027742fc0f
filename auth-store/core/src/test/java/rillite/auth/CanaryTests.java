package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import rillite.core.testing.MovingClock;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** Secrets are planted in everything that takes one, then looked for in everything that is emitted. */
final class CanaryTests extends StoreTests {

    private static final String PASSWORD = "canary-password-7f3a";
    private static final String ACCESS = "canary-access-91bc";
    private static final String REFRESH = "canary-refresh-02de";
    private static final String DATA = "canary-data-5c1e";
    private static final String KEY = "canary-key-1234567890abcdefghijk";

    private final Queue<String> emitted = new ConcurrentLinkedQueue<>();
    private final List<String> secrets = new ArrayList<>(List.of(PASSWORD, ACCESS, REFRESH, KEY));
    private final List<String> onlyStored = new ArrayList<>(List.of(DATA));

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

    /** What the file has, and nothing else may show. */
    private void stored(String text) {
        onlyStored.add(text);
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
                file,
                DatabaseOptions.defaults()
                        .statementListener(emitted::add)
                        .development()
                        .insights()));
        try {
            AuthStore canary = AuthStore.on(
                    db,
                    AuthOptions.defaults().clock(store.clock).hashing(16, 1, 1).encryptionKey("k", KEY.getBytes()));
            emitted.add(canary.toString());
            run(canary.migrate());
            use(canary);
            refuse(canary, db);
            told(db.insights().report());
        } finally {
            root.removeHandler(handler);
            root.setLevel(before);
            run(db.close());
        }
        assertThat(secrets).hasSizeGreaterThan(20);
        for (String secret : secrets) {
            assertThat(emitted).noneMatch(text -> text.contains(secret));
        }
        assertThat(onlyStored)
                .hasSize(3)
                .allSatisfy(text -> assertThat(emitted).noneMatch(line -> line.contains(text)));
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
        List<Secret> backup = told(canary.totp().newBackupCodes(ada));
        backup.forEach(this::secret);
        secondStep(canary, phone, step + 1, backup);
        framework(canary, ada);
    }

    private void secondStep(AuthStore canary, Authenticator phone, long step, List<Secret> backup) {
        PasswordResult.Ok shown = (PasswordResult.Ok) told(canary.passwords().verify("ada@example.org", PASSWORD));
        PasswordResult second = told(canary.totp().verify(shown, phone.code(step)));
        told(canary.totp().useBackupCode(shown, backup.get(0).expose()));
        SessionRequest request =
                SessionRequest.none().ip("::1").userAgent("browser").data("note", DATA);
        emitted.add(request.toString());
        String session = secret(told(canary.sessions().create((PasswordResult.Ok) second, request))
                .token());
        told(canary.sessions().authenticate(session));
        told(canary.sessions().list(shown.user().id()).collectList());
        secret(told(canary.sessions().rotate(session, 3)).token());
        told(canary.codes().issue(Purpose.of("login"), "ada@example.org", Duration.ofMinutes(5)));
    }

    /** What a framework that checks passwords itself is given. */
    private void framework(AuthStore canary, UserId ada) {
        Passwords.Stored stored = told(canary.passwords().stored("ada@example.org"));
        stored(stored.hash().expose());
        String next = PhcHash.of(PASSWORD.getBytes(StandardCharsets.UTF_8), new Argon2(16, 2, 1))
                .text();
        stored(next);
        told(canary.passwords().replaceHash(ada, stored.hash(), next));
        failed(Mono.defer(() -> canary.passwords().replaceHash(ada, stored.hash(), "{noop}" + PASSWORD)));
        failed(Mono.defer(() -> canary.passwords().importHash(ada, "{noop}" + PASSWORD)));
        emitted.add(stored.toString());
        emitted.add(String.valueOf(StoredPassword.find(next)));
        told(canary.passwords().verify("ada@example.org", PASSWORD));
        told(canary.users().update(ada, UserPatch.none().name("Ada")));
    }

    private void refuse(AuthStore canary, Database db) {
        UserId ada = told(canary.users().findByEmail("ada@example.org")).id();
        failed(canary.passwords().set(UserId.of("nobody"), PASSWORD));
        failed(canary.passwords().change(ada, PASSWORD + "!", PASSWORD, null));
        failed(canary.passwords().resetWith(RawToken.mint().expose(), PASSWORD));
        failed(Mono.defer(() -> canary.passwords().set(ada, PASSWORD + "\ud800")));
        failed(Mono.defer(() -> canary.users().create(NewUser.of(PASSWORD))));
        told(canary.passwords().verify(PASSWORD, PASSWORD));
        failed(db.inTransaction(tx -> canary.passwords().set(ada, PASSWORD)).then());
        PasswordResult.Ok old = (PasswordResult.Ok) told(canary.passwords().verify("ada@example.org", PASSWORD));
        get(canary.sessions().revokeAll(ada));
        failed(canary.sessions().create(old, SessionRequest.none().data("note", DATA)));
        run(db.sql("UPDATE auth_password SET hash = ?", "{noop}" + DATA).execute());
        told(canary.passwords().verify("ada@example.org", PASSWORD));
        assertThat(find(canary.sessions().authenticate(PASSWORD))).isNull();
        run(db.sql("CREATE TRIGGER planted BEFORE INSERT ON auth_token BEGIN SELECT RAISE(ABORT, 'planted'); END")
                .execute());
        failed(canary.tokens().issue(Purpose.MAGIC_LINK, "ada@example.org"));
        run(db.sql("DROP TABLE auth_session").execute());
        failed(canary.sessions().create(ada, SessionRequest.none().data("note", DATA)));
        failed(canary.accounts()
                .link(UserId.of("nobody"), ExternalIdentity.of("x", "y").tokens(OAuthTokens.of(Secret.of(ACCESS)))));
        emitted.add(new TokenInfo("s", Map.of("claim", PASSWORD), MovingClock.START, MovingClock.START).toString());
    }
}
