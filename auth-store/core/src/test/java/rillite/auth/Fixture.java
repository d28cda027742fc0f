package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.core.testing.MovingClock;
import rillite.querysets.Database;

/** A migrated store in a file, with a clock that stands still and passwords that cost little. */
final class Fixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final MovingClock clock = new MovingClock();
    final Path file;
    final Database db;
    final AuthStore auth;

    private Fixture(Path directory, UnaryOperator<AuthOptions> options) {
        file = directory.resolve("auth.db");
        db = get(Database.open(file));
        auth = AuthStore.on(db, options.apply(options(clock)));
    }

    static AuthOptions options(MovingClock clock) {
        return AuthOptions.defaults()
                .clock(clock)
                .hashing(16, 1, 1)
                .encryptionKey("k1", "0123456789abcdef0123456789abcdef".getBytes());
    }

    static Fixture in(Path directory) {
        return in(directory, options -> options);
    }

    static Fixture in(Path directory, UnaryOperator<AuthOptions> options) {
        Fixture fixture = new Fixture(directory, options);
        run(fixture.auth.migrate());
        return fixture;
    }

    static <T> T get(Mono<T> work) {
        T value = work.block(PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }

    static <T> @Nullable T find(Mono<T> work) {
        return work.block(PATIENCE);
    }

    static void run(Mono<?> work) {
        work.block(PATIENCE);
    }

    static void fails(Publisher<?> work, Class<? extends Throwable> type, String... parts) {
        StepVerifier.create(work)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(type);
                    for (String part : parts) {
                        assertThat(error).hasMessageContaining(part);
                    }
                })
                .verify(PATIENCE);
    }

    UserId user(String email) {
        return get(auth.users().create(NewUser.of(email))).id();
    }

    IssuedSession session(UserId user) {
        return get(auth.sessions().create(user, SessionRequest.none()));
    }

    long count(String sql, Object... values) {
        return get(db.sql(sql, values).values().flat(Long.class).get());
    }

    /** What that many callers get that all begin at once. */
    static <T> List<T> race(int callers, IntFunction<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return call.apply(number);
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        run(db.close());
    }
}
