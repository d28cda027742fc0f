package rillite.querysets;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A table under the names that repositories usually have: a thin face over {@link QuerySet}. Immutable.
 *
 * @param <T> what a row is read as
 * @param <K> the key: a value, or a list in key order when it has several columns
 */
public final class Repository<T, K> {

    private final QuerySet<T> rows;

    Repository(QuerySet<T> rows) {
        this.rows = rows;
    }

    /** All rows as a query, for whatever has no name here. */
    public QuerySet<T> objects() {
        return rows;
    }

    /** All rows. */
    public Flux<T> findAll() {
        return rows.flux();
    }

    /** The row with this key, or empty. */
    public Mono<T> findById(K key) {
        return rows.find(key);
    }

    /** The rows that fulfil a condition. */
    public Flux<T> findBy(Q<? super T> condition) {
        return rows.filter(condition).flux();
    }

    /**
     * The row with this key and the rows to which relations lead, or empty; one statement for the row and one for each level
     * of relations.
     *
     * @param paths names of relations, {@code "posts__comments"}
     */
    public Mono<T> findWithRelations(K key, String... paths) {
        return rows.prefetchRelated(paths).find(key);
    }

    /** As {@link #findWithRelations(Object, String...)}, for table classes. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<T> findWithRelations(K key, Related<T> relation, Related<T>... more) {
        return rows.prefetchRelated(relation, more).find(key);
    }

    /** Inserts a row when subscribed, and gives it as stored. */
    public Mono<T> create(Fields fields) {
        return rows.create(fields);
    }

    /** As {@link #create(Fields)}. */
    public Mono<T> create(String name, @Nullable Object value, @Nullable Object... more) {
        return rows.create(name, value, more);
    }

    /** As {@link #create(Fields)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<T> create(Assign<? super T>... assigns) {
        return rows.create(assigns);
    }

    /** As {@link #create(Fields)}. */
    public Mono<T> create(NewRow<? extends T> row) {
        return rows.insert(row);
    }

    /** Changes the row with this key when subscribed, and gives it as stored; empty when there is none. */
    public Mono<T> update(K key, Fields fields) {
        return rows.byId(key).updateReturning(fields).singleOrEmpty();
    }

    /** As {@link #update(Object, Fields)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<T> update(K key, Assign<? super T>... assigns) {
        return rows.byId(key).updateReturning(assigns).singleOrEmpty();
    }

    /** Deletes the row with this key when subscribed, with what the rules of foreign keys delete, and says how many. */
    public Mono<Deleted> delete(K key) {
        return rows.byId(key).delete();
    }

    /** The number of rows. */
    public Mono<Long> count() {
        return rows.count();
    }

    @Override
    public String toString() {
        return "Repository[" + rows.state.table() + "]";
    }
}
