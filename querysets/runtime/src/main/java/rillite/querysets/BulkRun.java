package rillite.querysets;

import io.r2dbc.spi.R2dbcTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes a source window by window, each in a transaction, or in a part of the one that is open.
 *
 * @param <E> what comes of a row
 */
final class BulkRun<E> {

    /** Writes the rows of one window in a transaction. */
    interface Window<E> {
        Mono<Done<E>> write(Session session, List<BulkRow> rows);
    }

    /** What came of one window. */
    record Done<E>(List<E> rows, BulkResult result) {}

    private final SqlRunner runner;
    private final BulkSettings settings;
    private final String what;
    private final int mostRows;
    private final Window<E> window;

    BulkRun(String verb, QueryState state, BulkSettings settings, Window<E> window) {
        this.settings = settings;
        this.window = window;
        runner = state.database().runner();
        mostRows = state.database().limits().materialized();
        what = verb + " of \"" + state.table() + "\"";
    }

    /**
     * What comes of each window, once it is committed; nothing is sent for an empty source.
     *
     * @param emitted what is passed on of a window; the next one is not begun before the end of that
     */
    <S, X> Flux<X> run(
            Publisher<? extends S> source,
            RowWindows.Reader<S> reader,
            Function<Done<E>, ? extends Publisher<X>> emitted) {
        return Flux.defer(() -> new One<>(new RowWindows<>(source, settings, reader), emitted).run());
    }

    /** One subscription. */
    private final class One<S, X> {
        private final RowWindows<S> windows;
        private final Function<Done<E>, ? extends Publisher<X>> emitted;
        private volatile BulkResult committed = BulkResult.NONE;

        One(RowWindows<S> windows, Function<Done<E>, ? extends Publisher<X>> emitted) {
            this.windows = windows;
            this.emitted = emitted;
        }

        Flux<X> run() {
            Flux<X> all = settings.atomic()
                    ? windows.<X>switchOnFirst((first, rest) -> first.hasValue() ? atomic(rest) : nothing(rest))
                    : windows.concatMap(
                            rows -> write(rows).doOnNext(this::count).flatMapMany(emitted), 0);
            return all.onErrorMap(this::explained);
        }

        private Flux<X> nothing(Flux<List<BulkRow>> empty) {
            return empty.thenMany(Flux.empty());
        }

        private void count(Done<E> done) {
            committed = committed.plus(done.result());
        }

        private Flux<X> atomic(Flux<List<BulkRow>> all) {
            return runner.inWrite(session -> all.concatMap(this::write, 0).collect(ArrayList<Done<E>>::new, this::keep))
                    .flatMapIterable(list -> list)
                    .concatMap(emitted);
        }

        private void keep(List<Done<E>> list, Done<E> done) {
            int rows = list.stream().mapToInt(one -> one.rows().size()).sum()
                    + done.rows().size();
            if (rows > mostRows && !settings.bounded()) {
                throw Errors.invalidQuery(what + " in one transaction would hold more than " + mostRows
                        + " rows in memory; nothing was written. Ask for result() instead of rows(), leave atomic()"
                        + " out, or raise DatabaseOptions.maxMaterializeRows.");
            }
            list.add(done);
        }

        private Mono<Done<E>> write(List<BulkRow> rows) {
            return runner.inWrite(session -> window.write(session, rows))
                    .single()
                    .onErrorResume(error ->
                            culprit(rows, error).map(row -> failure(row, error)).flatMap(Mono::error));
        }

        /** Finds the row that was refused, by writing them again one by one; all of it is taken back. */
        private Mono<Long> culprit(List<BulkRow> rows, Throwable error) {
            if (error instanceof R2dbcTransientException || error instanceof QueryException) {
                return Mono.just(-1L);
            }
            AtomicInteger at = new AtomicInteger(-1);
            return runner.inWrite(session -> Flux.fromIterable(rows)
                            .concatMap(row -> {
                                at.incrementAndGet();
                                return window.write(session, List.of(row));
                            })
                            .then(Mono.error(() -> {
                                at.set(-1);
                                return error;
                            })))
                    .then(Mono.just(-1L))
                    .onErrorResume(again ->
                            Mono.just(at.get() < 0 ? -1L : rows.get(at.get()).index()));
        }

        private Throwable explained(Throwable error) {
            if (error instanceof BulkException) {
                return error;
            }
            if (error instanceof InvalidValueException wrong && committed.windows() == 0) {
                return new InvalidValueException("Row " + windows.received() + ": " + wrong.getMessage(), wrong);
            }
            return error instanceof InvalidQueryException && committed.windows() == 0
                    ? error
                    : failure(windows.received(), error);
        }

        private BulkException failure(long row, Throwable error) {
            BulkResult result = committed;
            long stored = result.inserted() + result.updated();
            String where = row < 0 ? "" : " at row " + row + " (from 0)";
            return new BulkException(
                    what + " ended" + where + "; " + stored + " rows are committed"
                            + (stored == 0 ? "" : ", go on after them or remove them") + ". " + error.getMessage(),
                    result,
                    row,
                    error);
        }
    }
}
