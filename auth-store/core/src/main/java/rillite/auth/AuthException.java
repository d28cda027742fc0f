package rillite.auth;

import org.jspecify.annotations.Nullable;

/**
 * What the store refuses. Messages name what failed, where, and what to do; they contain ids and names, never secrets, and
 * nothing that a user typed into a form.
 *
 * <p>Errors of the database itself arrive as the driver gives them. After an outcome that is unknown (SQLState 08007) treat a
 * token as used and a session as ended.
 */
public abstract sealed class AuthException extends RuntimeException
        permits AccountLinkedElsewhereException,
                AccountNotLinkedException,
                AuthOverloadedException,
                EmailTakenException,
                EncryptionException,
                FactorException,
                InvalidAuthValueException,
                InvalidTokenException,
                LastLoginMethodException,
                SchemaMismatchException,
                UnknownUserException,
                WrongPasswordException {

    private static final long serialVersionUID = 1L;

    AuthException(String message) {
        super(message);
    }

    /** Without a stack: for what is refused often, and nobody's mistake. */
    AuthException(String message, boolean withStack) {
        super(message, null, false, withStack);
    }

    AuthException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
