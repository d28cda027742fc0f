package rillite.cli.data;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Rows that were asked for. Values are null, Long, Double, BigDecimal, Boolean, String, ByteBuffer, and for related rows Map
 * and List.
 *
 * @param names asked for when there is no row: titles of the columns, empty when they are not known
 * @param rows the rows, read when they are requested
 */
record Answer(Supplier<List<String>> names, Flux<Line> rows) {

    /**
     * One row.
     *
     * @param names titles of its values
     * @param values the values, in the same order
     */
    record Line(List<String> names, List<@Nullable Object> values) {}
}
