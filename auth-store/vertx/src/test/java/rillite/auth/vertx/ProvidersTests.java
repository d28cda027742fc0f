package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.PASSWORD;
import static rillite.auth.vertx.Fixture.failure;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.Credentials;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.SessionRequest;
import rillite.auth.UserId;

final class ProvidersTests extends VertxTests {

    private UserId ada;
    private AuthStoreVertxAuthenticationProvider passwords;
    private AuthStoreVertxAuthorizationProvider roles;

    @BeforeEach
    void create() {
        ada = fixture.ada();
        passwords = AuthStoreVertxAuthenticationProvider.create(fixture.vertx, fixture.auth);
        roles = AuthStoreVertxAuthorizationProvider.create(fixture.vertx, fixture.auth);
    }

    private User signedIn(Credentials credentials) {
        return fixture.onLoop(() -> passwords.authenticate(credentials));
    }

    private LoginRefusedException refused(Credentials credentials) {
        Throwable error = failure(passwords.authenticate(credentials));
        assertThat(error).isInstanceOf(LoginRefusedException.class).hasMessageNotContaining("secret");
        return (LoginRefusedException) error;
    }

    @Test
    void password_givesTheUser_onTheContextOfTheCaller() {
        User user = signedIn(new UsernamePasswordCredentials("ADA@example.org", PASSWORD));

        assertThat(user.principal())
                .isEqualTo(new JsonObject().put("sub", ada.value()).put("username", "ada@example.org"));
        assertThat(user.expired()).isFalse();
    }

    @Test
    void wrongPassword_unknownUserAndMissingPassword_areRefused() {
        assertThat(refused(new UsernamePasswordCredentials("ada@example.org", "secret")))
                .hasMessage(refused(new UsernamePasswordCredentials("bob@example.org", "secret"))
                        .getMessage());
        refused(new UsernamePasswordCredentials("ada@example.org", null));
        refused(new UsernamePasswordCredentials(new JsonObject()));
        refused(JsonObject::new);
    }

    @Test
    void oddNamesAndPasswords_areRefused() {
        for (String odd : new String[] {"", " ", "\u0000", "\ud800", "@", "a@b\n", "x".repeat(2_000_000)}) {
            refused(new UsernamePasswordCredentials(odd, odd));
            refused(new UsernamePasswordCredentials("bob@example.org", odd));
            refused(new TokenCredentials(odd));
        }
    }

    @Test
    void databaseThatIsClosedMeanwhile_leavesNoFutureOpen() {
        List<Future<?>> asked = new ArrayList<>();
        User user = User.create(new JsonObject().put("sub", ada.value()));
        for (int i = 0; i < 20; i++) {
            asked.add(passwords.authenticate(new UsernamePasswordCredentials("ada@example.org", PASSWORD)));
            asked.add(passwords.authenticate(new TokenCredentials("x".repeat(43))));
            asked.add(roles.getAuthorizations(user));
        }
        run(fixture.db.close());

        asked.forEach(Fixture::failure);
        assertThat(failure(roles.getAuthorizations(user))).isNotNull();
    }

    @Test
    void failures_lockTheLogin_untilALaterTime() {
        var wrong = new UsernamePasswordCredentials("ada@example.org", "secret");
        for (int i = 0; i < 10; i++) {
            assertThat(refused(wrong).lockedUntil()).isNull();
        }
        assertThat(refused(new UsernamePasswordCredentials("ada@example.org", PASSWORD))
                        .lockedUntil())
                .isAfter(fixture.clock.instant());
        fixture.clock.move(Duration.ofMinutes(16));
        signedIn(new UsernamePasswordCredentials("ada@example.org", PASSWORD));
    }

    @Test
    void token_givesTheUser_untilItsSessionIsRevoked() {
        String token = get(fixture.auth.sessions().create(ada, SessionRequest.none()))
                .token()
                .expose();
        assertThat(signedIn(new TokenCredentials(token)).<String>get("sub")).isEqualTo(ada.value());

        run(fixture.auth.sessions().revokeAll(ada));

        refused(new TokenCredentials(token));
        refused(new TokenCredentials("x"));
        refused(new TokenCredentials());
    }

    @Test
    void rolesAndPermissions_areThoseOfTheStoreNow() {
        run(fixture.auth.roles().grant(ada, "editor"));
        run(fixture.auth.roles().allow("editor", "pages:write"));
        User user = signedIn(new UsernamePasswordCredentials("ada@example.org", PASSWORD));

        fixture.onLoop(() -> roles.getAuthorizations(user));

        assertThat(RoleBasedAuthorization.create("editor").match(user)).isTrue();
        assertThat(PermissionBasedAuthorization.create("pages:write").match(user))
                .isTrue();
        assertThat(RoleBasedAuthorization.create("admin").match(user)).isFalse();
        assertThat(PermissionBasedAuthorization.create("editor").match(user)).isFalse();
        run(fixture.auth.users().disable(ada));
        fixture.onLoop(() -> roles.getAuthorizations(user));
        assertThat(RoleBasedAuthorization.create("editor").match(user)).isFalse();
    }

    @Test
    void usersOfOthers_haveNoRolesHere() {
        for (User user : new User[] {
            User.fromName("ada@example.org"),
            User.create(new JsonObject().put("sub", "nobody")),
            User.create(new JsonObject().put("sub", 42)),
            User.create(new JsonObject().put("sub", "\u0000"))
        }) {
            fixture.onLoop(() -> roles.getAuthorizations(user));
            assertThat(user.authorizations().contains(roles.getId())).isTrue();
            assertThat(RoleBasedAuthorization.create("editor").match(user)).isFalse();
        }
    }
}
