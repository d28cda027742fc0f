package rillite.querysets;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * The update of one row: sent when subscribed, again at each subscription. It gives the row as stored, or a
 * {@link NotUpdatedException} when no row was hit.
 *
 * @param <T> what a row is read as
 */
public final class RowUpdate<T> extends Mono<T> {

    private final RowWriter<T> writer;
    private final RowWriter.Change change;
    private final Mono<T> update;

    RowUpdate(RowWriter<T> writer, RowWriter.Change change) {
        this.writer = writer;
        this.change = change;
        update = writer.update(change);
    }

    /**
     * Updates only if the column still holds the value that the given row has. The column itself is not written, but one
     * that holds whole numbers is counted up by one: a version.
     *
     * @throws InvalidValueException the row has no value for the column
     */
    public RowUpdate<T> ifUnchanged(String column) {
        return new RowUpdate<>(writer, writer.unchanged(change, column));
    }

    /** As {@link #ifUnchanged(String)}: {@code ifUnchanged(AUTHOR.version)}. */
    public RowUpdate<T> ifUnchanged(Col<T, ?> column) {
        return ifUnchanged(Place.of(column).name());
    }

    /** Updates only if the column still holds this value. What is written to the column does not change. */
    public RowUpdate<T> ifUnchanged(String column, @Nullable Object value) {
        return new RowUpdate<>(writer, writer.unchanged(change, column, value));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
        update.subscribe(subscriber);
    }
}
