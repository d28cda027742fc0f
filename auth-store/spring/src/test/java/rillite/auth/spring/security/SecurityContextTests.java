package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.auth.UserId;
import rillite.auth.spring.session.AttributeSerializer;

/** What a cookie says, and what becomes of it. */
final class SecurityContextTests extends StoreTests {

    private AuthStoreServerSecurityContextRepository contexts;
    private UserId ada;

    @BeforeEach
    void ada() {
        contexts = contexts(SessionCookie.overTls());
        ada = user("ada@example.org");
    }

    private AuthStoreServerSecurityContextRepository contexts(SessionCookie cookie) {
        return new AuthStoreServerSecurityContextRepository(auth, cookie).clock(clock);
    }

    private SecurityContext shown() {
        Authentication authentication = get(new AuthStoreReactiveAuthenticationManager(auth)
                .authenticate(UsernamePasswordAuthenticationToken.unauthenticated("ada@example.org", PASSWORD)));
        return new SecurityContextImpl(authentication);
    }

    private static ServerWebExchange exchange(@Nullable String token) {
        return Exchanges.get("/", token == null ? null : new HttpCookie("__Host-auth", token));
    }

    private static ResponseCookie cookie(ServerWebExchange exchange) {
        ResponseCookie cookie = exchange.getResponse().getCookies().getFirst("__Host-auth");
        assertThat(cookie).isNotNull();
        return cookie;
    }

    private String signIn() {
        ServerWebExchange exchange = exchange(null);
        run(contexts.save(exchange, shown()));
        return cookie(exchange).getValue();
    }

    private AuthStoreUser user(SecurityContext context) {
        Authentication authentication = context.getAuthentication();
        assertThat(authentication).isNotNull();
        return (AuthStoreUser) authentication.getPrincipal();
    }

    private static void fails(Mono<?> work, Class<? extends Throwable> type) {
        StepVerifier.create(work).expectError(type).verify(PATIENCE);
    }

    @Test
    void cookie_overTls_isBoundToTheHost() {
        ServerWebExchange exchange = exchange(null);
        run(contexts.save(exchange, shown()));
        ResponseCookie cookie = cookie(exchange);

        assertThat(cookie.isSecure()).isTrue();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isNull();
        assertThat(cookie.getMaxAge()).isNegative();
    }

    @Test
    void cookie_thatAlwaysStays_endsWithTheSession() {
        ServerWebExchange exchange = exchange(null);
        run(contexts(SessionCookie.overTls().remember(Remember.ALWAYS)).save(exchange, shown()));
        assertThat(cookie(exchange).getMaxAge()).isEqualTo(Duration.ofDays(30));

        ServerWebExchange asked = Exchanges.get("/?remember-me", null);
        run(contexts(SessionCookie.overTls().remember(Remember.NEVER)).save(asked, shown()));
        assertThat(cookie(asked).getMaxAge()).isNegative();
    }

    @Test
    void cookie_thatBrowsersWouldNotTake_isRefused() {
        SessionCookie cookie = SessionCookie.overTls();
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.path("/app"));
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.sameSite("lax"));
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.name("a=b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionCookie.withoutTls().name("__Host-x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionCookie.withoutTls().sameSite("None"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionCookie.withoutTls().name("__host-x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionCookie.withoutTls().name("__SECURE-x"));
        assertThat(cookie.name("__Secure-x").path("/app").sameSite("Strict").path())
                .isEqualTo("/app");
    }

    @Test
    void context_isLookedUpOnceForEachRequest() {
        ServerWebExchange exchange = exchange(signIn());
        SecurityContext context = get(contexts.load(exchange));
        assertThat(user(context).id()).isEqualTo(ada);
        assertThat(user(context).email()).contains("ada@example.org");
        assertThat(user(context).session()).isPresent();

        run(auth.sessions().revokeAll(ada));
        assertThat(get(contexts.load(exchange))).isSameAs(context);
        assertThat(find(contexts.load(exchange(signIn() + "x")))).isNull();
    }

    @Test
    void context_savedAgain_getsAnotherTokenForTheSameSession() {
        String token = signIn();
        ServerWebExchange exchange = exchange(token);
        SecurityContext context = get(contexts.load(exchange));
        run(contexts.save(exchange, context));

        assertThat(find(contexts.load(exchange(token)))).isNull();
        SecurityContext after = get(contexts.load(exchange(cookie(exchange).getValue())));
        assertThat(user(after).session()).isEqualTo(user(context).session());
        fails(contexts.save(exchange(token), context), CredentialsExpiredException.class);
    }

    @Test
    void rotate_raisesTheLevel_andKillsTheTokenBefore() {
        String token = signIn();
        ServerWebExchange exchange = exchange(token);
        assertThat(user(get(contexts.load(exchange))).level()).isOne();
        run(contexts.rotate(exchange, 2));

        String next = cookie(exchange).getValue();
        assertThat(user(get(contexts.load(exchange(next)))).level()).isEqualTo(2);
        assertThat(find(contexts.load(exchange(token)))).isNull();
        ServerWebExchange nobody = exchange(null);
        run(contexts.rotate(nobody, 2));
        assertThat(nobody.getResponse().getCookies()).isEmpty();
    }

    @Test
    void rotate_countsForTheRestOfTheRequest() {
        ServerWebExchange exchange = exchange(signIn());
        run(contexts.rotate(exchange, 2));
        assertThat(user(get(contexts.load(exchange))).level()).isEqualTo(2);

        run(contexts.rotate(exchange, 3));
        assertThat(user(get(contexts.load(exchange(cookie(exchange).getValue()))))
                        .level())
                .isEqualTo(3);
        run(contexts.save(exchange, null));
        assertThat(cookie(exchange).getMaxAge()).isZero();
        assertThat(get(auth.sessions().list(ada).count())).isZero();
    }

    @Test
    void signIn_takenBackInTheSameRequest_leavesNoSession() {
        ServerWebExchange exchange = exchange(null);
        run(contexts.save(exchange, shown()));
        String token = cookie(exchange).getValue();
        run(contexts.save(exchange, null));

        assertThat(cookie(exchange).getMaxAge()).isZero();
        assertThat(find(auth.sessions().authenticate(token))).isNull();
        assertThat(find(contexts.load(exchange))).isNull();
    }

    @Test
    void signIn_twiceInTheSameRequest_leavesOneSession() {
        ServerWebExchange exchange = exchange(signIn());
        run(contexts.save(exchange, shown()));
        run(contexts.save(exchange, shown()));
        assertThat(get(auth.sessions().list(ada).count())).isOne();
        assertThat(find(contexts.load(exchange(cookie(exchange).getValue())))).isNotNull();
    }

    @Test
    void context_ofAnotherSession_neitherRotatesNorRaisesTheOneOfTheCookie() {
        ServerWebExchange high = exchange(signIn());
        run(contexts.rotate(high, 3));
        SecurityContext raised = get(contexts.load(exchange(cookie(high).getValue())));
        String low = signIn();
        fails(contexts.save(exchange(low), raised), CredentialsExpiredException.class);

        SecurityContext after = get(contexts.load(exchange(low)));
        assertThat(user(after).level()).isOne();
    }

    @Test
    void context_ofASession_withoutItsCookie_beginsNoOther() {
        String token = signIn();
        SecurityContext context = get(contexts.load(exchange(token)));
        run(auth.sessions().revokeAll(ada));
        fails(contexts.save(exchange(null), context), CredentialsExpiredException.class);
        fails(contexts.save(exchange(token), context), CredentialsExpiredException.class);
        assertThat(get(auth.sessions().list(ada).count())).isZero();
    }

    @Test
    void nobody_saved_endsTheSession() {
        String token = signIn();
        ServerWebExchange exchange = exchange(token);
        assertThat(find(contexts.load(exchange))).isNotNull();
        run(contexts.save(exchange, null));

        assertThat(cookie(exchange).getMaxAge()).isZero();
        assertThat(find(contexts.load(exchange))).isNull();
        assertThat(find(auth.sessions().authenticate(token))).isNull();
    }

    /** Two requests of one browser: one shows a second factor, the other one signs out. */
    @Test
    void signOut_whileTheTokenChanges_endsTheSessionAllTheSame() {
        String token = signIn();
        ServerWebExchange out = exchange(token);
        assertThat(find(contexts.load(out))).isNotNull();
        ServerWebExchange other = exchange(token);
        run(contexts.rotate(other, 2));
        run(contexts.save(out, null));

        assertThat(cookie(out).getMaxAge()).isZero();
        assertThat(find(contexts.load(exchange(cookie(other).getValue())))).isNull();
        assertThat(get(auth.sessions().list(ada).count())).isZero();
    }

    @Test
    void signIn_cancelledAtAnyMoment_leavesOneSession() {
        SecurityContext shown = shown();
        signIn();
        String token = signIn();
        for (int round = 0; round < 100; round++) {
            ServerWebExchange exchange = exchange(token);
            Disposable save = contexts.save(exchange, shown).subscribe();
            for (int i = 0; i < round * 200; i++) {
                Thread.onSpinWait();
            }
            save.dispose();
            run(db.sql("UPDATE auth_user SET name = ?1", "behind " + round).execute());
            assertThat(get(auth.sessions().list(ada).count())).isEqualTo(2);
            if (find(auth.sessions().authenticate(token)) == null) {
                run(auth.sessions().revokeAll(ada));
                shown = shown();
                signIn();
                token = signIn();
            }
        }
    }

    @Test
    void everywhere_endsTheSessionsOfAllDevices() {
        String phone = signIn();
        ServerWebExchange laptop = exchange(signIn());
        Authentication authentication = get(contexts.load(laptop)).getAuthentication();
        assertThat(authentication).isNotNull();
        run(contexts.everywhere().logout(Exchanges.filtered(laptop), authentication));

        assertThat(cookie(laptop).getMaxAge()).isZero();
        assertThat(find(auth.sessions().authenticate(phone))).isNull();
    }

    @Test
    void signIn_behindAChangeOfThePassword_isRefused() {
        SecurityContext shown = shown();
        run(auth.passwords().set(ada, "another horse"));
        fails(contexts.save(exchange(null), shown), CredentialsExpiredException.class);
        assertThat(count("SELECT count(*) FROM auth_session")).isZero();
    }

    /** Kept in a web session between two pages it no longer knows which change of the password would have ended it. */
    @Test
    void signIn_byAPrincipalThatWasKeptElsewhere_isRefused() {
        AttributeSerializer form = AttributeSerializer.jdk();
        SecurityContext kept = (SecurityContext) form.deserialize(form.serialize(shown()));
        assertThat(user(kept).id()).isEqualTo(ada);
        run(auth.passwords().set(ada, "another horse"));
        fails(contexts.save(exchange(null), kept), CredentialsExpiredException.class);
        assertThat(count("SELECT count(*) FROM auth_session")).isZero();
    }

    @Test
    void signIn_thatFails_leavesTheSessionBefore() {
        String token = signIn();
        SecurityContext shown = shown();
        run(auth.roles().grant(ada, "admin"));
        run(db.sql("UPDATE auth_user SET session_epoch = session_epoch + 1").execute());
        run(db.sql("UPDATE auth_session SET epoch = epoch + 1").execute());
        fails(contexts.save(exchange(token), shown), CredentialsExpiredException.class);

        assertThat(find(auth.sessions().authenticate(token))).isNotNull();
    }

    @Test
    void signIn_ofWhomTheStoreDoesNotKnow_isRefused() {
        SecurityContext foreign = new SecurityContextImpl(new TestingAuthenticationToken("root", "x"));
        fails(contexts.save(exchange(null), foreign), InternalAuthenticationServiceException.class);

        AuthStoreUser found =
                (AuthStoreUser) get(new AuthStoreReactiveUserDetailsService(auth).findByUsername("ada@example.org"));
        run(auth.users().disable(ada));
        SecurityContext disabled = new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(found, null, found.getAuthorities()));
        StepVerifier.create(contexts.save(exchange(null), disabled))
                .expectErrorMatches(
                        error -> error instanceof CredentialsExpiredException || error instanceof DisabledException)
                .verify(PATIENCE);
        assertThat(count("SELECT count(*) FROM auth_session")).isZero();
    }

    @Test
    void database_thatFails_signsNobodyInOrOut() {
        String token = signIn();
        run(db.sql("ALTER TABLE auth_session RENAME TO elsewhere").execute());
        StepVerifier.create(contexts.load(exchange(token))).expectError().verify(PATIENCE);
        StepVerifier.create(contexts.save(exchange(null), shown()))
                .expectError()
                .verify(PATIENCE);
    }
}
