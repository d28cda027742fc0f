package rillite.r2dbc;

import io.r2dbc.spi.Row;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Queries in auto-commit without a connection between; offered by connection factories. */
public interface SqliteReads {

    /**
     * Runs one query when subscribed, as a new connection would that is closed at its end, without making one. SQL of
     * another kind, or of several statements, runs on such a connection.
     *
     * @param sql the text
     * @param values of its parameters, in the order of their indexes; null is NULL
     * @param fetchSize rows to read at a time; 0 leaves it to the driver
     * @param mapping makes something of each row, and never null
     * @return what the mapping makes, by demand; on the reader lane when the rows fit one chunk, else on the emission
     *     scheduler. Cancelling stops the statement. Errors are those of {@link io.r2dbc.spi.Statement#execute} and arrive
     *     through onError, also those that it throws
     */
    <T> Flux<T> read(
            String sql,
            List<? extends @Nullable Object> values,
            int fetchSize,
            Function<? super Row, ? extends T> mapping);
}
