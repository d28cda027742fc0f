package rillite.querysets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one statement of a query, for people and tests.
 *
 * @param sql text with {@code ?} for every bind
 * @param binds values in the order of the markers, as SQLite stores them: Long, Double, String, read-only ByteBuffer or
 *     null
 */
public record CompiledSql(String sql, List<@Nullable Object> binds) {

    public CompiledSql {
        binds = Collections.unmodifiableList(new ArrayList<>(binds));
    }

    /** The text and the number of binds: values stay out of logs. */
    @Override
    public String toString() {
        return "CompiledSql[sql=" + sql + ", binds=" + binds.size() + "]";
    }
}
