package rillite.auth;

import org.jspecify.annotations.Nullable;

/** Another user has the e-mail address, in this or another spelling. */
public final class EmailTakenException extends AuthException {

    private static final long serialVersionUID = 1L;

    /** For the bridges and adapters of this library. */
    public EmailTakenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
