package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.UniqueKey;

/**
 * New rows from a stream or a collection. Immutable and lazy: {@link #rows}, {@link #result} and {@link #progress} each do
 * the whole work when subscribed, again at each subscription.
 *
 * <p>Rows are taken in windows, at most 5,000 rows or 4 MiB. Each window is one transaction, or a part of the one in the
 * Reactor Context; the source is asked for more only when a window is committed, so that one window is in memory. An error
 * is a {@link BulkException} that tells what is committed and which row failed; while nothing is committed, a row with a
 * wrong value is an {@link InvalidValueException}. The rows of a collection go in one transaction. A cancel takes back the
 * window that is being written. Signals arrive on the thread on which the driver emits.
 *
 * @param <T> what a row is read as
 */
public final class BulkInsert<T> {

    private final String verb;
    private final Writing<T> writing;
    private final Publisher<Fields> source;
    private final BulkSettings settings;
    private final Write.@Nullable Conflict conflict;
    private final @Nullable UniqueKey target;

    BulkInsert(String verb, Writing<T> writing, Publisher<Fields> source, BulkSettings settings) {
        this(verb, writing, source, settings, null, null);
        writing.writer().checkInsert();
    }

    private BulkInsert(
            String verb,
            Writing<T> writing,
            Publisher<Fields> source,
            BulkSettings settings,
            Write.@Nullable Conflict conflict,
            @Nullable UniqueKey target) {
        this.verb = verb;
        this.writing = writing;
        this.source = source;
        this.settings = settings;
        this.conflict = conflict;
        this.target = target;
    }

    private BulkInsert<T> with(BulkSettings newSettings) {
        return new BulkInsert<>(verb, writing, source, newSettings, conflict, target);
    }

    /** Sets how many rows a window has at most, 1 to 1,000,000. */
    public BulkInsert<T> batch(int rows) {
        return with(settings.rows(rows));
    }

    /** Sets after how many bytes of values a window is full, at least 1. */
    public BulkInsert<T> batchBytes(long bytes) {
        return with(settings.bytes(bytes));
    }

    /**
     * Puts all windows into one transaction, which holds the writer until the source ends. Rows are emitted after the
     * commit.
     */
    public BulkInsert<T> atomic() {
        return with(settings.inOneTransaction());
    }

    /** Leaves out rows that would repeat a unique key; NOT NULL, CHECK and foreign keys fail as ever. */
    public BulkInsert<T> onConflictIgnore() {
        return new BulkInsert<>(verb, writing, source, settings, ConflictRule.IGNORE, null);
    }

    /**
     * Updates the existing row where a new one would repeat this unique key; that of a partial index brings its predicate.
     *
     * @throws InvalidQueryException the columns are no unique key of the table; the message lists them
     */
    public ConflictUpdate<T> onConflictUpdate(String column, String... more) {
        List<String> names = new ArrayList<>(List.of(more));
        names.add(0, column);
        ConflictRule rule = new ConflictRule(writing.state());
        UniqueKey key = rule.target(names);
        return new ConflictUpdate<>(
                rule, set -> new BulkInsert<>(verb, writing, source, settings, rule.update(key, set), key));
    }

    /** As {@link #onConflictUpdate(String, String...)}: {@code onConflictUpdate(AUTHOR.email)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final ConflictUpdate<T> onConflictUpdate(Col<? super T, ?> column, Col<? super T, ?>... more) {
        String[] names = Place.names(column, more);
        return onConflictUpdate(names[0], Arrays.copyOfRange(names, 1, names.length));
    }

    /**
     * Updates only existing rows that fulfil a condition; the others count as ignored.
     *
     * @throws InvalidQueryException there is no onConflictUpdate before
     */
    public BulkInsert<T> where(Q<? super T> condition) {
        Write.Conflict update = conflict;
        if (update == null || target == null) {
            throw Errors.invalidQuery("where(..) of a bulk needs onConflictUpdate(..).set(..) before it.");
        }
        Write.Conflict narrowed = new ConflictRule(writing.state()).where(update, condition);
        return new BulkInsert<>(verb, writing, source, settings, narrowed, target);
    }

    /** The rows that were inserted or updated, as stored, in the order of the source; each when its window is committed. */
    public Flux<T> rows() {
        return run(true, done -> Flux.fromIterable(done.rows()));
    }

    /** What was done in all. */
    public Mono<BulkResult> result() {
        return run(false, done -> Mono.just(done.result())).reduce(BulkResult.NONE, BulkResult::plus);
    }

    /** What was done so far, after each window. */
    public Flux<BulkResult> progress() {
        return run(false, done -> Mono.just(done.result())).scan(BulkResult::plus);
    }

    private <X> Flux<X> run(boolean returning, Function<BulkRun.Done<T>, Publisher<X>> emitted) {
        return Flux.defer(() -> {
            Writer writer = writing.writer();
            UniqueKey key = target;
            ExistingKeys existing = key == null || returning ? null : new ExistingKeys(writing.state(), key);
            InsertWindow<T> window = new InsertWindow<>(writing, conflict, existing, returning);
            return new BulkRun<T>(verb, writing.state(), settings, window::write)
                    .run(source, (index, row) -> read(writer, index, row), emitted);
        });
    }

    private static BulkRow read(Writer writer, long index, Fields row) {
        Map<Column, Expression> values = writer.values().of(row, false);
        writer.checkComplete(values.keySet());
        return BulkRow.of(index, values);
    }
}
