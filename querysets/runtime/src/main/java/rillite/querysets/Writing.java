package rillite.querysets;

import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.SqlText;
import rillite.querysets.ast.Write;

/**
 * What all write verbs of one query share: its state, and how rows that a write gives back are read.
 *
 * @param <T> what a row is read as
 */
record Writing<T>(QueryState state, Function<Row, T> mapper) {

    Writer writer() {
        return new Writer(state);
    }

    /** The same rows of another query of this table. */
    Writing<T> of(QueryState other) {
        return new Writing<>(other, mapper);
    }

    SqlRunner runner() {
        return state.database().runner();
    }

    SqlText text(Write write) {
        return state.commented(state.database().compiler().compile(write));
    }

    /** Reads the whole rows that a statement gives back; made once for each statement. */
    Function<io.r2dbc.spi.Row, T> reader() {
        RowShape shape = state.model().shape();
        return mapper instanceof RecordReader<T> records
                ? records.direct(shape)
                : row -> mapper.apply(new Row(shape, CellReader.read(row, shape)));
    }

    Flux<T> rows(Session session, Write write) {
        return session.returning(text(write), reader());
    }

    /** The only row that a write gives back, or empty, in a statement of its own. */
    Mono<T> row(Write write) {
        return runner().returning(() -> text(write), reader()).singleOrEmpty();
    }

    /** The number of rows that a write matched, in a statement of its own; none is sent when it matches nothing. */
    Mono<Long> count(Write write, Condition where) {
        return where.equals(Condition.NEVER) ? Mono.just(0L) : runner().count(() -> text(write));
    }
}
