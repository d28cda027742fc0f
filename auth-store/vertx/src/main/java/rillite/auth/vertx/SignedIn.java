package rillite.auth.vertx;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.PasswordResult;
import rillite.auth.UserId;

/** Who signs in, and users of the store as Vert.x has them. */
final class SignedIn {

    private static final String SUBJECT = "sub";

    private SignedIn() {}

    /** Checks a password; all that is not right is an error. */
    static Mono<PasswordResult.Ok> byPassword(AuthStore auth, String login, String password) {
        return auth.passwords().verify(login, password).flatMap(SignedIn::accepted);
    }

    private static Mono<PasswordResult.Ok> accepted(PasswordResult result) {
        if (result instanceof PasswordResult.Ok ok) {
            return Mono.just(ok);
        }
        return Mono.error(
                result instanceof PasswordResult.Locked locked
                        ? LoginErrors.locked(locked.until())
                        : LoginErrors.wrongPassword());
    }

    /** The id as subject, the address as name of the user. */
    static User user(rillite.auth.User user) {
        JsonObject principal = new JsonObject().put(SUBJECT, user.id().value());
        if (user.email() != null) {
            principal.put("username", user.email());
        }
        return User.create(principal);
    }

    /** The id of a user; null when it was not made by {@link #user}. */
    static @Nullable UserId idOf(User user) {
        try {
            return user.principal().getValue(SUBJECT) instanceof String id ? UserId.of(id) : null;
        } catch (InvalidAuthValueException e) {
            return null;
        }
    }
}
