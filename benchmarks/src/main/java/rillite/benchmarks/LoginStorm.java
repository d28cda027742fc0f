package rillite.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.auth.AuthOverloadedException;
import rillite.auth.AuthStore;
import rillite.auth.PasswordResult;
import rillite.auth.Passwords;
import rillite.auth.UserId;

/**
 * Many more people than can be served keep trying to sign in, half of them known: the hashing threads are never idle, their
 * queue is always full, and who is refused comes again a moment later.
 */
final class LoginStorm {

    static final int CALLERS = 256;
    private static final String PASSWORD = "correct horse battery staple";
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Passwords passwords;
    private final int people;
    private final AtomicLong tries = new AtomicLong();
    private final LongAdder hashed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    LoginStorm(AuthStore auth, int people) {
        passwords = auth.passwords();
        this.people = people;
    }

    /** Gives the users from 1 to {@code people} the password. */
    static void prepare(AuthStore auth, int people) {
        Flux.range(1, people)
                .concatMap(user -> auth.passwords().set(new UserId(AuthFile.id(user)), PASSWORD))
                .then(Mono.just(true))
                .block(PATIENCE);
    }

    /** Does the work from when the first one was refused; returns when nothing is hashed any more. */
    void during(Runnable work) {
        CountDownLatch full = new CountDownLatch(1);
        Disposable running = Flux.range(0, CALLERS)
                .flatMap(caller -> Mono.defer(() -> attempt(full)).repeat().then(), CALLERS)
                .subscribe();
        if (!Unchecked.call(() -> full.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))) {
            throw new IllegalStateException("Nobody was refused. The run does not count.");
        }
        work.run();
        if (running.isDisposed()) {
            throw new IllegalStateException("The storm ended by itself. The run does not count.");
        }
        running.dispose();
        passwords.verify(AuthFile.email(1), PASSWORD).block(PATIENCE); // behind what still runs
    }

    private Mono<PasswordResult> attempt(CountDownLatch full) {
        long number = tries.incrementAndGet();
        boolean known = number % 2 == 0;
        String login = known ? AuthFile.email(1 + number / 2 % people) : "nobody" + number + "@example.org";
        return passwords
                .verify(login, PASSWORD)
                .doOnNext(result -> {
                    Checks.same("result", known, result instanceof PasswordResult.Ok);
                    hashed.increment();
                })
                .onErrorResume(AuthOverloadedException.class, refusal -> {
                    refused.increment();
                    full.countDown();
                    return Mono.delay(MOMENT).then(Mono.empty());
                });
    }

    long hashed() {
        return hashed.sum();
    }

    long refused() {
        return refused.sum();
    }
}
