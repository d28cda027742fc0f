package rillite.querysets;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rows of a statement of your own. Immutable; each subscription sends the statement, reads rows as they are requested,
 * and gives everything back at the end, on error and on cancel. Signals arrive on the thread on which the driver emits.
 *
 * @param <T> what a row is read as
 */
public final class RawQuery<T> implements Publisher<T> {

    private final IntFunction<Flux<Row>> rows;
    private final int columns;
    private final int fetchSize;
    private final Function<Flux<Row>, Flux<T>> reading;

    private RawQuery(IntFunction<Flux<Row>> rows, int columns, int fetchSize, Function<Flux<Row>, Flux<T>> reading) {
        this.rows = rows;
        this.columns = columns;
        this.fetchSize = fetchSize;
        this.reading = reading;
    }

    /**
     * @param columns how many were chosen, 0 when that is known at run time only
     */
    static RawQuery<Row> of(IntFunction<Flux<Row>> rows, int columns) {
        return new RawQuery<>(rows, columns, 0, Function.identity());
    }

    /**
     * The single column as plain values. A NULL among them is an {@link InvalidValueException} through onError, which names
     * the row; {@link #flatOptional} reads those.
     *
     * @throws InvalidQueryException several columns were chosen
     */
    public <V> RawQuery<V> flat(Class<V> type) {
        return flattened("flat", (name, row, place) -> {
            V value = row.get(name, type);
            if (value == null) {
                throw new InvalidValueException(
                        "The value of " + name + " in row " + (place + 1)
                                + " is NULL, which a publisher cannot carry. Use flatOptional, or leave such rows out.",
                        null);
            }
            return value;
        });
    }

    /**
     * The single column as values that are empty for NULL.
     *
     * @throws InvalidQueryException several columns were chosen
     */
    public <V> RawQuery<Optional<V>> flatOptional(Class<V> type) {
        return flattened("flatOptional", (name, row, place) -> Optional.<V>ofNullable(row.get(name, type)));
    }

    /**
     * Each row as a record, whose components name the columns; {@code author_name} and {@code authorName} are one name. A
     * component without column, a column without component, and a value that does not fit are errors through onError.
     *
     * @throws InvalidQueryException the class is no record with components
     */
    public <V> RawQuery<V> into(Class<V> type) {
        RecordBinding.names(type);
        return new RawQuery<>(
                rows,
                columns,
                fetchSize,
                all -> all.switchOnFirst((first, again) -> {
                    Row row = first.get();
                    return row == null
                            ? again.thenMany(Flux.<V>empty())
                            : again.map(RecordBinding.of(type, row.names()));
                }));
    }

    private <V> RawQuery<V> flattened(String verb, Cell<V> cell) {
        if (columns > 1) {
            throw oneColumn(verb);
        }
        return new RawQuery<>(
                rows,
                columns,
                fetchSize,
                all -> all.index().map(numbered -> {
                    Row row = numbered.getT2();
                    if (row.names().size() != 1) {
                        throw oneColumn(verb);
                    }
                    return cell.read(row.names().get(0), row, numbered.getT1());
                }));
    }

    private interface Cell<V> {
        V read(String name, Row row, long place);
    }

    private static InvalidQueryException oneColumn(String verb) {
        return Errors.invalidQuery(verb + " needs exactly one column: call values(\"column\") before it.");
    }

    /** Asks the driver for so many rows at a time; 0 leaves it to the driver. */
    public RawQuery<T> fetchSize(int wanted) {
        if (wanted < 0) {
            throw Errors.invalidQuery("fetchSize must be 0 (the driver decides) or more, got " + wanted + ".");
        }
        return new RawQuery<>(rows, columns, wanted, reading);
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        flux().subscribe(subscriber);
    }

    /** The rows, read on demand. */
    public Flux<T> flux() {
        return reading.apply(rows.apply(fetchSize));
    }

    /** All rows in one list. */
    public Mono<List<T>> list() {
        return flux().collectList();
    }

    /** The first row, or empty; the statement is not read further, but also not limited. */
    public Mono<T> first() {
        return flux().next();
    }

    /** The only row; {@link NotFoundException} and {@link MultipleObjectsException} arrive through onError. */
    public Mono<T> get() {
        return flux().take(MultipleObjectsException.LIMIT).collectList().map(RawQuery::only);
    }

    private static <T> T only(List<T> found) {
        if (found.isEmpty()) {
            throw new NotFoundException("The SQL gives no row. Use first() where that is expected.");
        }
        if (found.size() > 1) {
            String many = (found.size() < MultipleObjectsException.LIMIT ? "" : "at least ") + found.size();
            throw new MultipleObjectsException("get() expects one row, the SQL gives " + many + ".", found.size());
        }
        return found.get(0);
    }
}
