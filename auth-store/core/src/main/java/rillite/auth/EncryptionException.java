package rillite.auth;

import org.jspecify.annotations.Nullable;

/** A stored secret cannot be encrypted or read: no key, another key, or a value that was tampered with. */
public final class EncryptionException extends AuthException {

    private static final long serialVersionUID = 1L;

    EncryptionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
