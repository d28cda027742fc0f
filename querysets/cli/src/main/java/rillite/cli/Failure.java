package rillite.cli;

import org.jspecify.annotations.Nullable;

/** Work that could not be finished: exit code 1. The message says what has been done and what to do. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
