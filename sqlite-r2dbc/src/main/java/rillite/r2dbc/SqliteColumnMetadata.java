package rillite.r2dbc;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Nullability;
import io.r2dbc.spi.Type;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite tells of one column. The declared type is a promise only in STRICT tables: elsewhere a cell may hold
 * another storage class, and an untyped read then gives another class than {@link #getJavaType()}.
 */
final class SqliteColumnMetadata implements ColumnMetadata {
    private final String name;
    private final @Nullable String table;
    private final DeclaredType declared;
    private final IntegerType integerType;

    SqliteColumnMetadata(Columns columns, int column, IntegerType integerType) {
        this.name = columns.name(column);
        this.table = columns.table(column);
        this.declared = columns.type(column);
        this.integerType = integerType;
    }

    @Override
    public String getName() {
        return name;
    }

    /** The table the column comes from, or null for an expression. */
    @Nullable String table() {
        return table;
    }

    @Override
    public Type getType() {
        return declared.type(integerType);
    }

    /** The class an untyped read gives where the stored value agrees with the declaration; Object if undeclared. */
    @Override
    public Class<?> getJavaType() {
        return declared.javaType(integerType);
    }

    /** The declared type as written, or null for an expression. */
    @Override
    public @Nullable String getNativeTypeMetadata() {
        return declared.text();
    }

    @Override
    public Nullability getNullability() {
        return Nullability.UNKNOWN;
    }

    @Override
    public @Nullable Integer getPrecision() {
        return declared.precision();
    }

    @Override
    public @Nullable Integer getScale() {
        return declared.scale();
    }

    @Override
    public String toString() {
        String text = declared.text();
        return text == null ? name : name + " " + text;
    }
}
