package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.auth.Throttle.Limit;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** What attackers send, clocks that go back, disks that are full, callers that leave. */
final class HostileInputTests extends StoreTests {

    private static final String MAIL = "ada@example.org";
    private static final List<String> ODD = List.of(
            "x".repeat(200_000), "a\u0000b", "\ud800", "'; DROP TABLE auth_user; --", "${jndi:ldap://x}", "%00", "\n");

    private UserId ada = UserId.of("none");

    @BeforeEach
    void user() {
        ada = store.user(MAIL);
    }

    @Test
    void oddTexts_asTokenAddressOrCode_findNothing() {
        run(auth.passwords().set(ada, "correct horse"));
        for (String odd : ODD) {
            assertThat(find(auth.sessions().authenticate(odd))).isNull();
            assertThat(find(auth.sessions().rotate(odd))).isNull();
            assertThat(get(auth.sessions().revokeToken(odd))).isFalse();
            assertThat(find(auth.tokens().consume(Purpose.MAGIC_LINK, odd))).isNull();
            assertThat(find(auth.users().findByEmail(odd))).isNull();
            assertThat(find(auth.accounts().findUser(odd, odd))).isNull();
            assertThat(get(auth.passwords().verify(odd, odd))).isInstanceOf(PasswordResult.Rejected.class);
            assertThat(get(auth.totp().verify(ada, odd))).isInstanceOf(CodeResult.Rejected.class);
        }
        assertThat(get(auth.users().findByEmail(MAIL)).id()).isEqualTo(ada);
    }

    @Test
    void oddTexts_asNames_areRefusedOrKeptAsTheyAre() {
        for (String odd : List.of("x".repeat(200_000), "a\u0000b", "\ud800", "\n")) {
            assertThatThrownBy(() -> NewUser.of(odd)).isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> ExternalIdentity.of(odd, "1")).isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> ExternalIdentity.of("github", odd)).isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> Purpose.of(odd)).isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> auth.roles().grant(ada, odd)).isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> auth.tokens().issue(Purpose.MAGIC_LINK, odd))
                    .isInstanceOf(InvalidAuthValueException.class);
        }
        String sql = "'); DROP TABLE auth_user; --";
        get(auth.accounts().link(ada, ExternalIdentity.of(sql, sql)));
        get(auth.roles().grant(ada, sql));
        assertThat(get(auth.accounts().findUser(sql, sql)).id()).isEqualTo(ada);
        assertThat(get(auth.roles().rolesOf(ada).collectList())).containsExactly(sql);
    }

    @Test
    void clockGoingBack_makesNothingLiveLonger_andLocksNobodyOut() {
        String session = store.session(ada).token().expose();
        String link = get(auth.tokens().issue(Purpose.MAGIC_LINK, MAIL)).token().expose();
        store.clock.move(Duration.ofDays(-1));

        assertThat(find(auth.sessions().authenticate(session))).isNotNull();
        assertThat(find(auth.tokens().peek(Purpose.MAGIC_LINK, link))).isNotNull();
        IssuedSession earlier = store.session(ada);
        assertThat(earlier.endsAt()).isEqualTo(store.clock.instant().plus(Duration.ofDays(30)));
        Limit limit = new Limit(1, Duration.ofMinutes(1), Duration.ofMinutes(1));
        store.clock.move(Duration.ofDays(1));
        get(auth.throttle().hit("k", limit));
        store.clock.move(Duration.ofHours(-1));
        assertThat(get(auth.throttle().hit("k", limit)).allowed())
                .as("the same window")
                .isFalse();
        store.clock.move(Duration.ofHours(2));
        assertThat(get(auth.throttle().hit("k", limit)).allowed()).isTrue();

        store.clock.move(Duration.ofDays(8));
        assertThat(find(auth.sessions().authenticate(session))).isNull();
        store.clock.move(Duration.ofDays(-2));
        assertThat(find(auth.sessions().authenticate(session)))
                .as("its end is a moment, not a count")
                .isNotNull();
    }

    @Test
    void connections_enforceForeignKeys() {
        fails(
                store.db
                        .sql("INSERT INTO auth_user_role (user_id, role) VALUES ('nobody', 'none')")
                        .execute(),
                R2dbcException.class,
                "FOREIGN KEY");
        assertThat(store.count("PRAGMA foreign_keys")).isEqualTo(1);
    }

    @Test
    void fullDisk_isAnError_neverASession() {
        Database alone =
                get(Database.open(store.file, DatabaseOptions.defaults().driverOption("session", "dedicated")));
        try {
            AuthStore filling = AuthStore.on(alone, Fixture.options(store.clock));
            Mono<Long> untilItIsFull = alone.inTransaction(tx -> tx.sql("PRAGMA max_page_count = 1")
                            .values()
                            .flux()
                            .thenMany(Flux.range(0, 10_000))
                            .concatMap(i -> filling.sessions().create(ada, SessionRequest.none()))
                            .count())
                    .next();
            StepVerifier.create(untilItIsFull)
                    .expectErrorSatisfies(full -> assertThat(full)
                            .isInstanceOfSatisfying(
                                    R2dbcException.class,
                                    error -> assertThat(error.getSqlState()).isEqualTo("53100")))
                    .verify(PATIENCE);
        } finally {
            run(alone.close());
        }

        assertThat(store.count("SELECT count(*) FROM auth_session")).isZero();
        assertThat(store.session(ada).user()).isEqualTo(ada);
    }

    @Test
    void anyOperation_cancelled_leavesTheStoreWorking() {
        run(auth.passwords().set(ada, "correct horse"));
        String session = store.session(ada).token().expose();
        String link = get(auth.tokens().issue(Purpose.MAGIC_LINK, MAIL)).token().expose();
        ExternalIdentity github = ExternalIdentity.of("github", "42").tokens(OAuthTokens.of(Secret.of("access")));
        List<Supplier<Publisher<?>>> operations = List.of(
                () -> auth.users().create(NewUser.of("grace@example.org")),
                () -> auth.users().update(ada, UserPatch.none().email("ada@new.org")),
                () -> auth.users().all(Page.of(5)),
                () -> auth.users().delete(UserId.of("nobody")),
                () -> auth.passwords().verify(MAIL, "correct horse"),
                () -> auth.passwords().change(ada, "correct horse", "correct horse", null),
                () -> auth.sessions().create(ada, SessionRequest.none()),
                () -> auth.sessions().authenticate(session),
                () -> auth.sessions().rotate(session),
                () -> auth.sessions().list(ada),
                () -> auth.sessions().revokeAll(ada),
                () -> auth.tokens().issue(Purpose.MAGIC_LINK, "u"),
                () -> auth.tokens().consume(Purpose.MAGIC_LINK, link),
                () -> auth.codes().use(Purpose.MAGIC_LINK, "u", "123456"),
                () -> auth.accounts().signInOrRegister(github, LinkPolicy.REFUSE, SessionRequest.none()),
                () -> auth.accounts().link(ada, github),
                () -> auth.accounts().unlink("github", "42", true),
                () -> auth.totp().begin(ada),
                () -> auth.totp().verify(ada, "123456"),
                () -> auth.roles().grant(ada, "admin"),
                () -> auth.throttle().hit("k", new Limit(1, Duration.ofMinutes(1), Duration.ofMinutes(1))),
                () -> auth.audit().record(AuditEvent.of("x", ada)),
                () -> auth.maintenance().purgeExpired(1),
                () -> auth.verifySchema());
        for (int round = 0; round < 4; round++) {
            for (Supplier<Publisher<?>> operation : operations) {
                StepVerifier.create(operation.get(), round % 2 == 0 ? 0 : 1)
                        .thenCancel()
                        .verify(PATIENCE);
            }
        }

        User after = get(auth.users().create(NewUser.of("last@example.org")));
        run(auth.passwords().set(after.id(), "correct horse"));
        await().atMost(PATIENCE)
                .until(() ->
                        get(auth.passwords().verify("last@example.org", "correct horse")) instanceof PasswordResult.Ok);
        assertThat(store.count("SELECT count(*) FROM auth_account")).isLessThanOrEqualTo(1);
        assertThat(get(auth.verifySchema()).isSound()).isTrue();
    }
}
