package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that other programs wrote, in tables that somebody made by hand: what is not as it must be lets nobody in. */
final class UnsoundRowsTests extends StoreTests {

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private UserId ada = UserId.of("none");

    @BeforeEach
    void listen() {
        root.addHandler(handler);
        ada = store.user("ada@example.org");
    }

    @AfterEach
    void leave() {
        root.removeHandler(handler);
    }

    private void sql(String text) {
        run(store.db.sql(text).execute());
    }

    /** The same table without any type, so that all values are possible. */
    private void loose(String table, String columns) {
        sql("CREATE TABLE kept AS SELECT " + columns + " FROM " + table);
        sql("DROP TABLE " + table);
        sql("CREATE TABLE " + table + " (" + columns + ")");
        sql("INSERT INTO " + table + " SELECT " + columns + " FROM kept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expires_at = 'tomorrow'",
                "expires_at = '9999-12-31T00:00:00Z'",
                "expires_at = '9999999999999'",
                "expires_at = x'00'",
                "expires_at = 9e15 + 0.5",
                "expires_at = NULL",
                "absolute_expires_at = 'never'",
                "absolute_expires_at = NULL",
                "epoch = 'x'",
                "epoch = NULL",
                "aal = 'two'",
                "aal = 4294967298",
                "id = ' '",
                "id = 7",
                "created_at = 'once'",
                "last_seen_at = 'never'",
                "data = 'no JSON'",
                "data = '[]'"
            })
    void authenticate_oddRow_isNoSession(String change) {
        String token = store.session(ada).token().expose();
        loose(
                "auth_session",
                "token_hash, id, user_id, epoch, created_at, last_seen_at, expires_at, absolute_expires_at, aal, ip,"
                        + " user_agent, data, version");
        assertThat(find(auth.sessions().authenticate(token))).isNotNull();
        sql("UPDATE auth_session SET " + change);

        assertThat(find(auth.sessions().authenticate(token))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expires_at = 'tomorrow'",
                "expires_at = '9999999999999'",
                "expires_at = NULL",
                "created_at = 'once'",
                "claims = 'none'",
                "subject = x'00'"
            })
    void consume_oddRow_isNoToken(String change) {
        String token =
                get(auth.tokens().issue(Purpose.MAGIC_LINK, "ada")).token().expose();
        loose("auth_token", "token_hash, purpose, subject, claims, created_at, expires_at");
        sql("UPDATE auth_token SET " + change);

        assertThat(find(auth.tokens().peek(Purpose.MAGIC_LINK, token))).isNull();
        assertThat(find(auth.tokens().consume(Purpose.MAGIC_LINK, token))).isNull();
    }

    @Test
    void oddRow_isWarnedAboutOnce() {
        String token = store.session(ada).token().expose();
        loose(
                "auth_session",
                "token_hash, id, user_id, epoch, created_at, last_seen_at, expires_at, absolute_expires_at, aal, ip,"
                        + " user_agent, data, version");
        sql("UPDATE auth_session SET ip = 5");
        for (int i = 0; i < 3; i++) {
            assertThat(find(auth.sessions().authenticate(token))).isNotNull();
            assertThat(get(auth.sessions().list(ada).collectList())).isEmpty();
        }

        assertThat(logged).filteredOn(line -> line.contains("column ip")).hasSize(1);
    }

    @Test
    void unreadableHash_isRejected_andWarnedAboutOnce() {
        run(auth.passwords().set(ada, "correct horse"));
        sql("UPDATE auth_password SET hash = 'plain'");
        for (int i = 0; i < 3; i++) {
            assertThat(get(auth.passwords().verify("ada@example.org", "correct horse")))
                    .isEqualTo(new PasswordResult.Rejected());
        }
        assertThat(logged).filteredOn(line -> line.contains(ada.value())).hasSize(1);

        loose("auth_password", "user_id, hash, changed_at");
        sql("UPDATE auth_password SET hash = x'00'");
        assertThat(get(auth.passwords().verify("ada@example.org", "correct horse")))
                .isEqualTo(new PasswordResult.Rejected());
    }

    @Test
    void foreignCosts_haveRoomForSome() {
        ForeignCosts costs = new ForeignCosts(2, 100);

        assertThat(costs.hasRoomFor(new Argon2(60, 1, 1), 32)).isTrue();
        assertThat(costs.hasRoomFor(new Argon2(60, 2, 1), 32))
                .as("too much memory")
                .isFalse();
        assertThat(costs.hasRoomFor(new Argon2(16, 2, 1), 32)).isTrue();
        assertThat(costs.hasRoomFor(new Argon2(16, 3, 1), 32)).as("too many").isFalse();
        assertThat(costs.hasRoomFor(new Argon2(60, 1, 1), 32)).as("known").isTrue();
        assertThat(costs.hasRoomFor(new Argon2(60, 1, 1), 16)).isFalse();
    }

    @Test
    void bcrypt_isNotBounded() {
        String hash =
                BcryptFunction.getInstance(Bcrypt.B, 4).hash("correct horse").getResult();
        StoredPassword stored = StoredPassword.find(hash);
        assertThat(stored).isNotNull();
        assertThat(stored.isCheckable(new Argon2(16, 1, 1))).isTrue();
    }

    @Test
    void sessionData_comesBack_andIsNotPrinted() {
        SessionRequest request =
                SessionRequest.none().ip("::1").data("tenant", "north").data("theme", "dark \"x\"");
        ActiveSession session = get(auth.sessions()
                .create(ada, request)
                .flatMap(issued -> auth.sessions().authenticate(issued.token().expose())));

        assertThat(session.data()).isEqualTo(Map.of("tenant", "north", "theme", "dark \"x\""));
        assertThat(session.endsAt()).isAfter(session.expiresAt());
        assertThat(List.of(session.toString(), request.toString()))
                .allMatch(text -> text.contains("tenant") && !text.contains("north"));
        assertThat(store.count("SELECT count(*) FROM auth_session WHERE data ->> 'tenant' = 'north'"))
                .isEqualTo(1);
        assertThatThrownBy(() -> request.data("x", "y".repeat(16_000)))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("16");
        assertThat(get(auth.sessions()
                                .create(ada, SessionRequest.none())
                                .flatMap(issued -> auth.sessions()
                                        .authenticate(issued.token().expose())))
                        .data())
                .isEmpty();
    }
}
