package rillite.auth.vertx;

import java.time.Instant;

/** The texts of refused logins. */
final class LoginErrors {

    private LoginErrors() {}

    static LoginRefusedException wrongPassword() {
        return new LoginRefusedException("The login or the password is wrong.", null);
    }

    static LoginRefusedException locked(Instant until) {
        return new LoginRefusedException(
                "The login failed too often. The next try is permitted at " + until + ".", until);
    }

    static LoginRefusedException deadToken() {
        return new LoginRefusedException("The token is no live session's: sign in again.", null);
    }

    static LoginRefusedException unknownCredentials(Class<?> type) {
        return new LoginRefusedException(
                "Credentials of " + type.getName()
                        + " are not understood. Give UsernamePasswordCredentials or TokenCredentials with what they need.",
                null);
    }
}
