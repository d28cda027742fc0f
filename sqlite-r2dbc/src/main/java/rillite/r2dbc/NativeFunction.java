package rillite.r2dbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;

/** Hands the calls of SQLite to a function of the application. */
final class NativeFunction extends Function {
    /** Lets a function stand in the schema of a database that is not trusted. */
    private static final int INNOCUOUS = 0x200000;

    private final SqliteFunction function;

    private NativeFunction(SqliteFunction function) {
        this.function = function;
    }

    static void register(SQLiteConnection connection, SqliteFunction function) throws SQLException {
        int flags = function.deterministic() ? FLAG_DETERMINISTIC | INNOCUOUS : 0;
        create(connection, function.name(), new NativeFunction(function), function.arguments(), flags);
    }

    @Override
    protected void xFunc() throws SQLException {
        @Nullable Object[] arguments = new Object[args()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(i);
        }
        Object value;
        try {
            value = function.body().call(arguments);
        } catch (Exception e) {
            // the message may quote an argument, which is a value of the caller
            error("function " + function.name() + " failed with " + e.getClass().getName());
            return;
        }
        answer(value);
    }

    private @Nullable Object argument(int index) throws SQLException {
        return switch (value_type(index)) {
            case Codes.SQLITE_INTEGER -> value_long(index);
            case Codes.SQLITE_FLOAT -> value_double(index);
            case Codes.SQLITE_TEXT -> value_text(index);
            case Codes.SQLITE_BLOB -> value_blob(index);
            default -> null;
        };
    }

    private void answer(@Nullable Object value) throws SQLException {
        if (value == null) {
            result();
        } else if (value instanceof Long || value instanceof Integer) {
            result(((Number) value).longValue());
        } else if (value instanceof Double number) {
            result(number.doubleValue());
        } else if (value instanceof Boolean truth) {
            result(truth ? 1L : 0L);
        } else if (value instanceof byte[] bytes) {
            result(bytes);
        } else if (value instanceof String text) {
            result(text);
        } else {
            error("function " + function.name() + " returned a "
                    + value.getClass().getName()
                    + " and may return Long, Integer, Double, String, bytes, Boolean or null");
        }
    }
}
