package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** So many sign-ins at once that they cannot all be checked; and what their times tell. */
final class LoginStormTests extends StoreTests {

    private static final String MAIL = "ada@example.org";
    private static final String GOOD = "correct horse";
    private static final int PAIRS = 41;

    private UserId ada = UserId.of("none");

    @BeforeEach
    void user() {
        ada = store.user(MAIL);
        run(auth.passwords().set(ada, GOOD));
    }

    @Test
    void fullPool_refusesAtOnce_andReadsAreServed() throws Exception {
        HashPool pool = new HashPool(AuthOptions.defaults().hashingThreads(1, 1));
        Passwords passwords = new Passwords(new Store(store.db, Fixture.options(store.clock)), pool);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        pool.run(() -> {
                    begun.countDown();
                    return release.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                })
                .subscribe(ended -> done.incrementAndGet());
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        pool.run(() -> true).subscribe(ended -> done.incrementAndGet());

        for (String login : new String[] {MAIL, "nobody@example.org"}) {
            fails(passwords.verify(login, GOOD), AuthOverloadedException.class, "1 are waiting");
            fails(passwords.verify(login, "wrong password"), AuthOverloadedException.class);
        }
        fails(passwords.set(ada, "another horse"), AuthOverloadedException.class);
        run(store.db.sql("ALTER TABLE auth_throttle RENAME TO elsewhere").execute());
        fails(
                passwords.verify(MAIL, GOOD),
                AuthOverloadedException.class); // who is refused has asked the database nothing
        run(store.db.sql("ALTER TABLE elsewhere RENAME TO auth_throttle").execute());
        String token = store.session(ada).token().expose();
        assertThat(get(Flux.range(0, 200)
                        .flatMap(i -> auth.sessions().authenticate(token), 32)
                        .count()))
                .isEqualTo(200);
        assertThat(done).as("nothing was hashed meanwhile").hasValue(0);
        assertThat(store.count("SELECT count(*) FROM auth_throttle"))
                .as("who is refused has not failed")
                .isZero();

        release.countDown();
        await().atMost(PATIENCE).until(() -> done.get() == 2);
        assertThat(get(passwords.verify(MAIL, GOOD))).isInstanceOf(PasswordResult.Ok.class);
    }

    /** Loose: one that answers unknown users without hashing is faster by far more than three times. */
    @Test
    void verify_ofKnownAndUnknownLogins_takesAboutAsLong() {
        AuthStore slow = AuthStore.on(
                store.db,
                Fixture.options(store.clock)
                        .hashing(8_192, 3, 1)
                        .failures(new Throttle.Limit(100_000, Duration.ofMinutes(15), Duration.ofMinutes(15))));
        run(slow.passwords().set(ada, GOOD));
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean first = pair % 2 == 0;
            time(slow, first ? MAIL : "nobody@example.org", first ? known : unknown);
            time(slow, first ? "nobody@example.org" : MAIL, first ? unknown : known);
        }

        double ratio = (double) median(known) / median(unknown);
        assertThat(ratio).as("median of known to that of unknown logins").isBetween(1 / 3.0, 3.0);
    }

    private static void time(AuthStore slow, String login, List<Long> times) {
        long begin = System.nanoTime();
        assertThat(get(slow.passwords().verify(login, "wrong password"))).isEqualTo(new PasswordResult.Rejected());
        times.add(System.nanoTime() - begin);
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
