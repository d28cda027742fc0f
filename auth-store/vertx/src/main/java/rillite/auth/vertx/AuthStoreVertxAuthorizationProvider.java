package rillite.auth.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.AuthorizationProvider;
import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import java.util.HashSet;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.UserId;

/**
 * Gives users their roles and what these permit, as {@link RoleBasedAuthorization} and {@link PermissionBasedAuthorization}.
 * Unknown and disabled users have none. Futures complete on the context of the caller.
 *
 * <p>Vert.x Web keeps what was looked up with the user: for a request under {@link SessionCookieHandler}, for the whole web
 * session under its own {@code SessionHandler}.
 */
public final class AuthStoreVertxAuthorizationProvider implements AuthorizationProvider {

    private static final String ID = "rillite";

    private final Vertx vertx;
    private final AuthStore auth;

    private AuthStoreVertxAuthorizationProvider(Vertx vertx, AuthStore auth) {
        this.vertx = vertx;
        this.auth = auth;
    }

    /** Over that store, which is migrated. */
    public static AuthStoreVertxAuthorizationProvider create(Vertx vertx, AuthStore auth) {
        return new AuthStoreVertxAuthorizationProvider(vertx, auth);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Future<Void> getAuthorizations(User user) {
        UserId id = SignedIn.idOf(user);
        Mono<Set<Authorization>> found = id == null ? Mono.just(Set.of()) : authorizations(id);
        return Futures.of(vertx, found).map(all -> {
            user.authorizations().put(ID, all);
            return null;
        });
    }

    private Mono<Set<Authorization>> authorizations(UserId id) {
        Flux<Authorization> roles = auth.roles().rolesOf(id).map(RoleBasedAuthorization::create);
        Flux<Authorization> permissions = auth.roles().permissionsOf(id).map(PermissionBasedAuthorization::create);
        return auth.users()
                .findById(id)
                .filter(user -> !user.isDisabled())
                .flatMap(user -> Flux.concat(roles, permissions).<Set<Authorization>>collect(HashSet::new, Set::add))
                .defaultIfEmpty(Set.of());
    }
}
