package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.onEventLoop;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.r2dbc.testing.BlockingCalls;

/** No part of the store blocks the event loop that subscribes to it, nor hashes on it. */
@Tag("blockhound")
final class BlockHoundTests extends StoreTests {

    @BeforeEach
    void watch() {
        BlockingCalls.watch();
    }

    @Test
    void control_sleep_isReported() {
        Mono<Boolean> slept = Mono.fromCallable(() -> {
            Thread.sleep(1);
            return true;
        });
        assertThat(onEventLoop(() -> slept.onErrorReturn(false))).isFalse();
        BlockingCalls.assertSeen("sleep");
    }

    @Test
    void parts_neverBlock() {
        UserId ada = onEventLoop(() -> auth.users().create(NewUser.of("ada@example.org")))
                .id();
        onEventLoop(() -> auth.passwords().set(ada, "correct horse").thenReturn(true));
        assertThat(onEventLoop(() -> auth.passwords().verify("ada@example.org", "correct horse")))
                .isInstanceOf(PasswordResult.Ok.class);
        assertThat(onEventLoop(() -> auth.passwords().verify("nobody@example.org", "wrong horse")))
                .isEqualTo(new PasswordResult.Rejected());
        String session = onEventLoop(() -> auth.sessions().create(ada, SessionRequest.none()))
                .token()
                .expose();
        onEventLoop(() -> auth.sessions().authenticate(session));
        onEventLoop(() -> auth.sessions().rotate(session));
        onEventLoop(() -> auth.sessions().revokeAll(ada));
        String link = onEventLoop(() -> auth.tokens().issue(Purpose.MAGIC_LINK, "ada@example.org"))
                .token()
                .expose();
        onEventLoop(() -> auth.tokens().consume(Purpose.MAGIC_LINK, link));
        ExternalIdentity github = ExternalIdentity.of("github", "42").tokens(OAuthTokens.of(Secret.of("access")));
        onEventLoop(() -> auth.accounts().signInOrRegister(github, LinkPolicy.REFUSE, SessionRequest.none()));
        Secret secret = onEventLoop(() -> auth.totp().begin(ada)).secret();
        String code = Authenticator.of(secret.expose()).code(store.clock.millis() / 30_000);
        assertThat(onEventLoop(() -> auth.totp().confirm(ada, code))).isTrue();
        List<Secret> codes = onEventLoop(() -> auth.totp().newBackupCodes(ada));
        onEventLoop(() -> auth.totp().useBackupCode(ada, codes.get(0).expose()));
        onEventLoop(() -> auth.roles().grant(ada, "admin"));
        onEventLoop(() -> auth.maintenance().purgeExpired(10));
        onEventLoop(() -> auth.verifySchema());
        BlockingCalls.assertNone();
    }

    @Test
    void storm_isRefusedWithoutBlocking() {
        AuthStore small = AuthStore.on(
                store.db, Fixture.options(store.clock).hashing(16_384, 3, 1).hashingThreads(1, 2));
        List<String> answers = onEventLoop(() -> Flux.range(0, 64)
                .flatMap(
                        i -> small.passwords()
                                .verify("nobody" + i + "@example.org", "wrong horse")
                                .map(result -> "checked")
                                .onErrorReturn(AuthOverloadedException.class, "refused")
                                .subscribeOn(Schedulers.parallel()),
                        64)
                .collectList());

        assertThat(answers).hasSize(64).contains("checked", "refused");
        BlockingCalls.assertNone();
    }
}
