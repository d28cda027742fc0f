package rillite.r2dbc;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.RowMetadata;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Columns of a result in their order, found by index or by name whatever its case. */
final class SqliteRowMetadata implements RowMetadata {
    private final Columns columns;
    private final Codecs codecs;
    // Filled on first use without a lock: the list is immutable and a lost race builds an equal one.
    private @Nullable List<SqliteColumnMetadata> list;

    SqliteRowMetadata(Columns columns, Codecs codecs) {
        this.columns = columns;
        this.codecs = codecs;
    }

    boolean isFor(Codecs other) {
        return codecs == other;
    }

    @Override
    public ColumnMetadata getColumnMetadata(int index) {
        return getColumnMetadatas().get(columns.check(index));
    }

    @Override
    public ColumnMetadata getColumnMetadata(String name) {
        return getColumnMetadatas().get(columns.indexOf(name));
    }

    @Override
    public List<SqliteColumnMetadata> getColumnMetadatas() {
        List<SqliteColumnMetadata> known = list;
        if (known == null) {
            known = IntStream.range(0, columns.size())
                    .mapToObj(i -> new SqliteColumnMetadata(
                            columns, i, codecs.options().integerType()))
                    .toList();
            list = known;
        }
        return known;
    }

    @Override
    public boolean contains(String columnName) {
        return columns.contains(columnName);
    }

    @Override
    public String toString() {
        return "SqliteRowMetadata" + getColumnMetadatas();
    }
}
