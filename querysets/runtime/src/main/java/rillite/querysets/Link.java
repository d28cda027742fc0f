package rillite.querysets;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Write;

/**
 * The links of one row to the rows of a to-many relation: rows of a link table, or foreign keys of the related rows.
 * Immutable; the row itself is never read.
 *
 * <p>Keys are values of the columns that the link references, which is the primary key unless the file says otherwise, or
 * rows. All verbs write when subscribed, again at each subscription, and give the number of links that changed.
 */
public final class Link {

    private final Database database;
    private final LinkStatements statements;

    private Link(Database database, LinkStatements statements) {
        this.database = database;
        this.statements = statements;
    }

    static Link of(Database database, TableModel model, String relation, @Nullable Object owner) {
        return new Link(database, LinkStatements.of(database, model, relation, owner));
    }

    /** Links these rows; those that are linked stay as they are. */
    public Mono<Long> add(Object key, Object... more) {
        return add(list(key, more));
    }

    /** As {@link #add(Object, Object...)}. */
    public Mono<Long> add(Collection<?> keys) {
        return add(keys, Fields.empty());
    }

    /** As {@link #add(Object, Object...)}, with values for further columns of the link table. */
    public Mono<Long> add(Collection<?> keys, Fields columns) {
        return run(statements.add(statements.keys(keys), columns));
    }

    /**
     * Unlinks these rows.
     *
     * @throws InvalidQueryException the link is a foreign key that cannot be NULL
     */
    public Mono<Long> remove(Object key, Object... more) {
        return remove(list(key, more));
    }

    /** As {@link #remove(Object, Object...)}. */
    public Mono<Long> remove(Collection<?> keys) {
        List<List<@Nullable Object>> some = statements.keys(keys);
        return run(some.isEmpty() ? List.of() : List.of(statements.remove(some)));
    }

    /** Unlinks all rows. Errors are those of {@link #remove(Object, Object...)}. */
    public Mono<Long> clear() {
        return run(List.of(statements.clear()));
    }

    /**
     * Links these rows and no others, in one transaction; links that stay are not touched. Errors are those of
     * {@link #remove(Object, Object...)}.
     */
    public Mono<Long> set(Object key, Object... more) {
        return set(list(key, more));
    }

    /** As {@link #set(Object, Object...)}; no keys unlink all rows. */
    public Mono<Long> set(Collection<?> keys) {
        List<List<@Nullable Object>> some = statements.keys(keys);
        return some.isEmpty() ? clear() : run(statements.set(some));
    }

    /** Creates a row and links it, in one transaction; gives the row as stored. */
    public Mono<Row> create(String name, @Nullable Object value, @Nullable Object... more) {
        return create(Fields.of(name, value, more), Fields.empty());
    }

    /** As {@link #create(String, Object, Object...)}, with values for further columns of the link table. */
    public Mono<Row> create(Fields row, Fields columns) {
        return statements.create(row, columns);
    }

    private static List<Object> list(Object key, Object[] more) {
        Object[] keys = new Object[more.length + 1];
        keys[0] = key;
        System.arraycopy(more, 0, keys, 1, more.length);
        return Arrays.asList(keys);
    }

    private Mono<Long> run(List<Write> writes) {
        SqlRunner runner = database.runner();
        return switch (writes.size()) {
            case 0 -> Mono.just(0L);
            case 1 -> runner.count(() -> database.compiler().compile(writes.get(0)));
            default ->
                runner.inWrite(session -> Flux.fromIterable(writes)
                                .concatMap(write ->
                                        session.count(database.compiler().compile(write)))
                                .reduce(0L, Long::sum))
                        .single();
        };
    }
}
