package rillite.querysets;

import org.jspecify.annotations.Nullable;

/** A value that does not fit its column. Thrown by the call that passes it, or when a row is read whose value contradicts the declared type of its column. */
public final class InvalidValueException extends QueryException {

    private static final long serialVersionUID = 1L;

    InvalidValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
