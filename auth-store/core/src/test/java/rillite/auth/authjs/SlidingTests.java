package rillite.auth.authjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.auth.authjs.Site.NOW;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.Secret;
import rillite.auth.authjs.Site.Kind;
import rillite.core.testing.Await;

/** What a service does on top of the contract: sessions that slide, links that work once, many callers, transactions. */
final class SlidingTests {

    private static final int CALLERS = 64;
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Secret SECRET = Secret.of("0123456789abcdef0123456789abcdef");

    @TempDir
    Path directory;

    /** What so many callers get that begin at once; null where one got nothing. */
    private static <T> List<@Nullable T> race(Supplier<Mono<T>> call) throws Exception {
        return Await.race(CALLERS, caller -> find(call.get()));
    }

    private static long won(List<?> results) {
        return results.size() - Collections.frequency(results, null);
    }

    @ParameterizedTest
    @EnumSource
    void token_usedByManyAtOnce_hasOneWinner(Kind kind) throws Exception {
        try (Site site = Site.in(directory, kind)) {
            for (int round = 0; round < 5; round++) {
                Secret raw = get(site.adapter.issueMagicLink("a@example.com", SECRET, Duration.ofMinutes(10)));
                assertThat(won(race(() -> site.adapter.redeemMagicLink("a@example.com", raw.expose(), SECRET))))
                        .isEqualTo(1);
            }
            assertThat(site.count(kind.verification)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void token_thatHasExpired_isGoneAndGivesNothing(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            Duration life = Duration.ofMinutes(10);
            Secret raw = get(site.adapter.issueMagicLink("a@example.com", SECRET, life));
            assertThat(find(site.at(NOW.plus(life)).redeemMagicLink("a@example.com", raw.expose(), SECRET)))
                    .isNull();
            assertThat(site.count(kind.verification)).isZero();

            Secret other = get(site.adapter.issueMagicLink("\uFEFFA@EXAMPLE.com, b", SECRET, life));
            assertThat(find(site.adapter.redeemMagicLink("b@example.com", other.expose(), SECRET)))
                    .isNull();
            assertThat(find(site.adapter.redeemMagicLink("no address", other.expose(), SECRET)))
                    .isNull();
            assertThat(find(site.adapter.redeemMagicLink("a@example.com", other.expose(), Secret.of("other"))))
                    .isNull();
            assertThat(find(site.at(NOW.plus(life).minusMillis(1))
                            .redeemMagicLink("a@example.com", other.expose(), SECRET)))
                    .isEqualTo("a@example.com");
        }
    }

    @Test
    void hash_isThatOfAuthJs() {
        assertThat(VerificationToken.hash(Secret.of("abc"), Secret.of("def")).expose())
                .isEqualTo("bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721");
    }

    @Test
    void normalEmail_isThatOfAuthJs() {
        assertThat(AuthJsAdapter.normalEmail("  \uFEFFAda@Example.COM\u00a0")).isEqualTo("ada@example.com");
        assertThat(AuthJsAdapter.normalEmail("a,b@example.com,evil.com")).isEqualTo("a,b@example.com");
        assertThat(AuthJsAdapter.normalEmail("ａda@example.com")).isEqualTo("ada@example.com");
        for (String wrong :
                List.of("", "a", "a@", "@b", "a@b@c", "a＠b@c", "\"a\"@b", "a@,b", "a\0@b", "x".repeat(400))) {
            assertThatThrownBy(() -> AuthJsAdapter.normalEmail(wrong)).isInstanceOf(InvalidAuthValueException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void session_slides_asAuthJsDoesIt(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterSession session =
                    get(site.adapter.startSession(site.user("a@example.com").id()));
            String token = session.sessionToken().expose();
            assertThat(session.expires()).isEqualTo(NOW.plus(MONTH));

            Instant early = NOW.plus(DAY).minusMillis(1);
            assertThat(get(site.at(early).authenticate(token)).session()).isEqualTo(session);
            assertThat(site.stored(kind.session, "expires")).containsExactly(List.of(kind.stored(NOW.plus(MONTH))));

            Instant due = NOW.plus(DAY);
            assertThat(get(site.at(due).authenticate(token)).session().expires())
                    .isEqualTo(due.plus(MONTH));
            assertThat(site.stored(kind.session, "expires")).containsExactly(List.of(kind.stored(due.plus(MONTH))));

            Instant end = due.plus(MONTH);
            assertThat(find(site.at(end.minusMillis(1)).authenticate(token))).isNotNull();
            run(site.adapter.updateSession(session.sessionToken(), end));
            assertThat(find(site.at(end).authenticate(token))).isNull();
            assertThat(find(site.at(end.plusMillis(1)).authenticate(token))).isNull();
            // the contract itself does not compare
            assertThat(find(site.at(end.plus(DAY)).getSessionAndUser(session.sessionToken())))
                    .isNotNull();
            assertThat(site.count(kind.session)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void request_findsItsRowsByKeys(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            String plan = site.query(
                            "EXPLAIN QUERY PLAN " + site.adapter.sessionSql().replace("?", "'token'"))
                    .toString();
            assertThat(plan).contains("SEARCH").doesNotContain("SCAN");
        }
    }

    @Test
    void lives_areThoseThatAuthJsIsSetTo() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            AuthJsAdapter hourly = site.adapter.sessionLife(Duration.ofHours(2), Duration.ofMinutes(5));
            AdapterSession session =
                    get(hourly.startSession(site.user("a@example.com").id()));
            assertThat(session.expires()).isEqualTo(NOW.plus(Duration.ofHours(2)));
            assertThatThrownBy(() -> site.adapter.sessionLife(DAY, DAY)).isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> site.adapter.sessionLife(Duration.ZERO, Duration.ZERO))
                    .isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> site.adapter.issueMagicLink("a@example.com", SECRET, Duration.ZERO))
                    .isInstanceOf(InvalidAuthValueException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsAtTheDueInstant_writeOnce(Kind kind) throws Exception {
        try (Site site = Site.in(directory, kind)) {
            AdapterSession session =
                    get(site.adapter.startSession(site.user("a@example.com").id()));
            site.raw("CREATE TABLE writes (n)");
            site.raw("CREATE TRIGGER count AFTER UPDATE ON \"" + kind.session
                    + "\" BEGIN INSERT INTO writes VALUES (1); END");
            AuthJsAdapter due = site.at(NOW.plus(DAY).plusSeconds(1));

            assertThat(won(race(() -> due.authenticate(session.sessionToken().expose()))))
                    .isEqualTo(CALLERS);
            assertThat(site.count("writes")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void moveThatFails_doesNotFailTheRequest_norReviveADeadSession(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterSession session =
                    get(site.adapter.startSession(site.user("a@example.com").id()));
            site.raw("CREATE TRIGGER refuse BEFORE UPDATE ON \"" + kind.session
                    + "\" BEGIN SELECT RAISE(ABORT, 'no'); END");
            AuthJsAdapter due = site.at(NOW.plus(DAY));
            assertThat(get(due.authenticate(session.sessionToken().expose())).session())
                    .isEqualTo(session);

            run(site.adapter.deleteSession(session.sessionToken()));
            assertThat(find(due.authenticate(session.sessionToken().expose()))).isNull();
            assertThat(site.count(kind.session)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void transaction_thatFails_leavesNothing(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            Mono<Void> work = site.db
                    .inTransaction(transaction -> {
                        AuthJsAdapter inside = kind.on(transaction.database());
                        AdapterUser user = AdapterUser.of("a@example.com");
                        return inside.createUser(user)
                                .then(inside.linkAccount(AdapterAccount.of(user.id(), "oauth", "github", "1")))
                                .then(inside.startSession(user.id()))
                                .then(inside.linkAccount(AdapterAccount.of(user.id(), "oauth", "github", "1")));
                    })
                    .then();
            StepVerifier.create(work).expectError().verify(PATIENCE);

            assertThat(site.count(kind.user)).isZero();
            assertThat(site.count(kind.account)).isZero();
            assertThat(site.count(kind.session)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sameAddressByManyAtOnce_isOneUser(Kind kind) throws Exception {
        try (Site site = Site.in(directory, kind)) {
            List<@Nullable AdapterUser> created = race(() ->
                    site.adapter.createUser(AdapterUser.of("a@example.com")).onErrorComplete());
            assertThat(won(created)).isEqualTo(1);
            String user = created.stream()
                    .filter(one -> one != null)
                    .findAny()
                    .orElseThrow()
                    .id();
            assertThat(won(race(() -> site.adapter
                            .linkAccount(AdapterAccount.of(user, "oauth", "github", "1"))
                            .onErrorComplete())))
                    .isEqualTo(1);
            assertThat(site.count(kind.account)).isEqualTo(1);
        }
    }

    @Test
    void secrets_arePrintedRedacted() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            AdapterUser user = site.user("a@example.com");
            AdapterSession session = site.session(user.id(), "canary-session", NOW);
            AdapterAccount account = new AdapterAccount(
                    user.id(),
                    "oauth",
                    "github",
                    "1",
                    Secret.of("canary-refresh"),
                    Secret.of("canary-access"),
                    null,
                    null,
                    null,
                    Secret.of("canary-id"),
                    null);
            VerificationToken token = new VerificationToken("a@example.com", Secret.of("canary-token"), NOW);

            assertThat(session + " " + new SessionAndUser(session, user) + account + token + site.adapter
                            + AdapterUserPatch.of(user.id()).name("canary-name"))
                    .doesNotContain("canary");
        }
    }
}
