package rillite.codegen;

import org.jspecify.annotations.Nullable;

/** Options that are wrong or do not fit the schema, or a folder that cannot be written. The message says which and why. */
public final class CodegenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CodegenException(String message) {
        super(message);
    }

    CodegenException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
