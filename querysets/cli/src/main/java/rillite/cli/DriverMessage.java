package rillite.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the driver says, for messages that show the statement elsewhere or not at all. */
public final class DriverMessage {

    private static final String STATEMENT = " SQL: ";

    private DriverMessage() {}

    /** The message without the statement; empty for null. */
    public static String brief(@Nullable Throwable error) {
        String message = error == null ? "" : Objects.requireNonNullElse(error.getMessage(), error.toString());
        int statement = message.indexOf(STATEMENT);
        return statement < 0 ? message : message.substring(0, statement);
    }
}
