package rillite.r2dbc;

import org.jspecify.annotations.Nullable;

/**
 * A function of the application that SQL can call. It is registered on every physical connection, before its first statement,
 * so that one that is deterministic may stand in indexes, generated columns and CHECK constraints too. Set it with {@link
 * SqliteConnectionConfiguration.Builder#function}.
 *
 * @param name the name in SQL
 * @param arguments how many arguments it takes, 0 to 127, or -1 for any number
 * @param deterministic whether equal arguments always give an equal result and nothing else happens; only such a function may
 *     stand in the schema
 * @param body runs on a lane thread inside a statement: it must not block and must not use the database
 */
public record SqliteFunction(String name, int arguments, boolean deterministic, Body body) {
    private static final int MOST = 127;

    public SqliteFunction {
        if (name == null || name.isBlank() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The name of a function must not be blank");
        }
        if (arguments < -1 || arguments > MOST) {
            throw new IllegalArgumentException("arguments of function " + name + " must be from -1 (any number) to "
                    + MOST + ", was " + arguments);
        }
        if (body == null) {
            throw new IllegalArgumentException("body of function " + name + " must not be null");
        }
    }

    /** What the function does. */
    @FunctionalInterface
    public interface Body {
        /**
         * Returns Long, Integer, Double, String, byte[], Boolean, or null for NULL.
         *
         * @param arguments Long, Double, String, byte[] or null, in their order
         * @throws Exception ends the statement with an error that carries the function's name, not the message
         */
        @Nullable Object call(@Nullable Object[] arguments) throws Exception;
    }
}
