package rillite.querysets;

import io.r2dbc.spi.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Condition.Elements;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.schema.Column;

/**
 * Keys as SQLite stores them, whatever their columns declare: read from one statement and looked up by the next, exactly.
 */
final class StoredKeys {

    private StoredKeys() {}

    /** The columns without their declarations, so that the driver converts nothing. */
    static List<Expression> read(List<Column> columns) {
        List<Expression> bare = new ArrayList<>(columns.size());
        for (Column column : columns) {
            bare.add(new Expression.Raw(List.of("+", ""), List.of(ColumnRef.of(column))));
        }
        return bare;
    }

    /** The values that {@link #read} asked for. */
    static List<@Nullable Object> of(Row row, int size) {
        List<@Nullable Object> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(CellReader.untyped(row, i));
        }
        return values;
    }

    /**
     * The rows whose columns hold one of the keys, as a foreign key compares them: by the collation of its parent. A key
     * with a NULL is nobody's.
     *
     * @param columns what is compared
     * @param like columns of the parent, or the same ones
     */
    static Condition in(List<Column> columns, List<Column> like, Collection<List<@Nullable Object>> keys) {
        List<Expression> operands = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            operands.add(RelationKey.comparedAs(like.get(i), ColumnRef.of(columns.get(i)), columns.get(i)));
        }
        return columns.size() == 1 ? single(operands, keys) : several(operands, keys);
    }

    private static Condition single(List<Expression> operand, Collection<List<@Nullable Object>> keys) {
        List<Object> plain = new ArrayList<>();
        List<Object> blobs = new ArrayList<>();
        for (List<@Nullable Object> key : keys) {
            Object value = key.get(0);
            if (value != null) {
                (value instanceof ByteBuffer ? blobs : plain).add(value);
            }
        }
        List<Condition> parts = new ArrayList<>();
        if (!plain.isEmpty()) {
            parts.add(new Condition.InValues(operand, JsonList.binds(plain), Elements.PLAIN));
        }
        if (!blobs.isEmpty()) {
            parts.add(new Condition.InValues(operand, JsonList.binds(blobs), Elements.HEX));
        }
        return Condition.any(parts);
    }

    private static Condition several(List<Expression> operands, Collection<List<@Nullable Object>> keys) {
        List<Object> rows = new ArrayList<>();
        boolean[] blobs = new boolean[operands.size()];
        for (List<@Nullable Object> key : keys) {
            if (key.stream().noneMatch(Objects::isNull)) {
                List<Object> row = new ArrayList<>(key.size());
                for (int i = 0; i < key.size(); i++) {
                    Object value = Objects.requireNonNull(key.get(i));
                    blobs[i] |= value instanceof ByteBuffer;
                    row.add(value instanceof ByteBuffer blob ? hex(blob) : value);
                }
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return Condition.NEVER;
        }
        List<Expression> left = new ArrayList<>(operands);
        for (int i = 0; i < blobs.length; i++) {
            if (blobs[i]) {
                left.set(i, new Expression.Call(Expression.Function.HEX, operands.get(i)));
            }
        }
        return new Condition.InValues(left, JsonList.binds(rows), Elements.PLAIN);
    }

    private static String hex(ByteBuffer blob) {
        byte[] bytes = new byte[blob.remaining()];
        blob.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
    }
}
