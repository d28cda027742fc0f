package rillite.cli;

import org.jspecify.annotations.Nullable;

/** A wrong call, or an input that cannot be opened: exit code 2. The message says what to do. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }

    public Refusal(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
