package rillite.querysets.ast;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement ready to be sent.
 *
 * @param sql text with {@code ?} for every bind
 * @param binds Long, Double, String, read-only ByteBuffer or null, in the order of the markers
 */
public record SqlText(String sql, List<@Nullable Object> binds) {

    public SqlText {
        binds = Collections.unmodifiableList(Arrays.asList(binds.toArray()));
    }
}
