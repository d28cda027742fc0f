package rillite.cli.data;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Rows that were asked for. Values are null, Long, Double, BigDecimal, Boolean, String, ByteBuffer, and for related rows Map
 * and List.
 *
 * @param names titles of the columns when they are known before the first row; else empty
 * @param rows the rows, read when they are requested
 */
record Answer(List<String> names, Flux<Line> rows) {

    /**
     * One row.
     *
     * @param names titles of its values
     * @param values the values, in the same order
     */
    record Line(List<String> names, List<@Nullable Object> values) {}

    Answer {
        names = List.copyOf(names);
    }
}
