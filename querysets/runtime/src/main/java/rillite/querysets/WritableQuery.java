package rillite.querysets;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The verbs of a {@link QuerySet} that change rows. Each writes when subscribed, again at each subscription; names and
 * values are checked by the verb itself. Several statements of one verb are one transaction, or a part of the one in the
 * Reactor Context.
 *
 * @param <T> what a row is read as
 */
public abstract sealed class WritableQuery<T> extends Query<T, T, QuerySet<T>> permits QuerySet {

    WritableQuery(QueryState state, Function<Row, T> mapper) {
        super(state, mapper);
    }

    private Writing<T> writing() {
        return new Writing<>(state, mapper);
    }

    /**
     * Inserts one row when subscribed, again at each subscription, and gives it as stored, with generated key and
     * defaults. Columns left out take their default. The value of a foreign key may be a row: {@code "author", author}.
     */
    public Mono<T> create(Fields fields) {
        return new RowWriter<>(writing()).create(fields);
    }

    /** As {@link #create(Fields)}. */
    public Mono<T> create(String name, @Nullable Object value, @Nullable Object... more) {
        return create(Fields.of(name, value, more));
    }

    /** As {@link #create(Fields)}. */
    public Mono<T> create(Map<String, ? extends @Nullable Object> fields) {
        return create(Fields.of(fields));
    }

    /** As {@link #create(Fields)}: {@code create(AUTHOR.name.to("Ann"), AUTHOR.age.to(40))}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<T> create(Assign<? super T>... assigns) {
        return create(Assign.fields(assigns));
    }

    /** As {@link #create(Fields)}: {@code insert(new NewAuthor("Ann").age(40))}. */
    public Mono<T> insert(NewRow<? extends T> row) {
        return create(row.fields());
    }

    /** As {@link #create(Fields)}; a row that exists already is an error of the database. */
    public Mono<T> insert(Fields fields) {
        return create(fields);
    }

    /**
     * Updates the row of this query that has the key among the fields, and gives it as stored.
     *
     * @param names what is written; without names all fields but the key
     */
    public RowUpdate<T> updateRow(Fields row, String... names) {
        RowWriter<T> writer = new RowWriter<>(writing());
        return new RowUpdate<>(writer, writer.change(row, List.of(names)));
    }

    /** As {@link #updateRow(Fields, String...)}, with the values that the row has. */
    public RowUpdate<T> updateRow(T row) {
        return updateRow(fieldsOf(row));
    }

    /** As {@link #updateRow(Fields, String...)}, with the values that the row has. */
    public RowUpdate<T> updateRow(T row, String name, String... more) {
        return updateRow(fieldsOf(row), named(name, more));
    }

    /** As {@link #updateRow(Fields, String...)}: {@code updateRow(author, AUTHOR.name)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final RowUpdate<T> updateRow(T row, Col<? super T, ?> column, Col<? super T, ?>... more) {
        return updateRow(fieldsOf(row), Place.names(column, more));
    }

    private static String[] named(String name, String[] more) {
        String[] names = new String[more.length + 1];
        names[0] = name;
        System.arraycopy(more, 0, names, 1, more.length);
        return names;
    }

    private Fields fieldsOf(T row) {
        return RowWriter.fieldsOf(state.model(), mapper, row);
    }

    /**
     * Updates the row that has the key among the fields, or creates it when there is none, in one transaction; without a
     * key it is created. Gives the row as stored.
     */
    public Mono<T> save(Fields row) {
        return new RowWriter<>(writing()).save(row);
    }

    /** As {@link #save(Fields)}, with the values that the row has. */
    public Mono<T> save(T row) {
        return save(fieldsOf(row));
    }

    /** Deletes the row of this query with the key of the given one, as {@link #delete} does. */
    public Mono<Deleted> deleteRow(T row) {
        return byId(row).delete();
    }

    /**
     * Sets columns of all rows of the query in one statement, when subscribed and again at each subscription, and gives
     * the number of rows. Values may be expressions such as {@code F.of("pages").plus(1)}. A slice needs an order.
     */
    public Mono<Long> update(Fields fields) {
        return new SetWriter<>(writing()).update(fields);
    }

    /** As {@link #update(Fields)}. */
    public Mono<Long> update(String name, @Nullable Object value, @Nullable Object... more) {
        return update(Fields.of(name, value, more));
    }

    /** As {@link #update(Fields)}. */
    public Mono<Long> update(Map<String, ? extends @Nullable Object> fields) {
        return update(Fields.of(fields));
    }

    /** As {@link #update(Fields)}: {@code update(BOOK.pages.to(BOOK.pages.plus(1)))}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<Long> update(Assign<? super T>... assigns) {
        return update(Assign.fields(assigns));
    }

    /**
     * As {@link #update(Fields)}, and gives the rows as stored, in no order. All of them are read before the first is
     * emitted; more than {@link DatabaseOptions#maxMaterializeRows} are an error, and nothing is written.
     */
    public Flux<T> updateReturning(Fields fields) {
        return new SetWriter<>(writing()).updateReturning(fields);
    }

    /** As {@link #updateReturning(Fields)}. */
    public Flux<T> updateReturning(String name, @Nullable Object value, @Nullable Object... more) {
        return updateReturning(Fields.of(name, value, more));
    }

    /** As {@link #updateReturning(Fields)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Flux<T> updateReturning(Assign<? super T>... assigns) {
        return updateReturning(Assign.fields(assigns));
    }

    /**
     * Deletes all rows of the query, when subscribed and again at each subscription, and what the rules of foreign keys
     * delete with them. Where no foreign key leads to the table it is one statement, else one transaction; a rule that
     * forbids it is a {@link ProtectedException}, and nothing is written. A slice needs an order.
     */
    public Mono<Deleted> delete() {
        return Deleter.delete(state);
    }

    /**
     * Deletes all rows of the query in one statement and gives their number. The rules in the file hold; what they delete
     * is not counted, and their errors are those of the database.
     */
    public Mono<Long> deleteFast() {
        return new SetWriter<>(writing()).deleteFast();
    }

    /** As {@link #deleteFast}, and gives the rows as they were; the bound of {@link #updateReturning} holds. */
    public Flux<T> deleteReturning() {
        return new SetWriter<>(writing()).deleteReturning();
    }

    /** New rows from a stream, written window by window as they come; see {@link BulkInsert}. */
    public BulkInsert<T> bulkCreate(Publisher<Fields> rows) {
        return new BulkInsert<>("bulkCreate", writing(), rows, BulkSettings.STREAM);
    }

    /** New rows, all or none; see {@link BulkInsert}. */
    public BulkInsert<T> bulkCreate(Collection<Fields> rows) {
        return new BulkInsert<>("bulkCreate", writing(), Flux.fromIterable(List.copyOf(rows)), BulkSettings.COLLECTION);
    }

    /** As {@link #bulkCreate(Publisher)}: {@code bulkInsert(names.map(NewAuthor::new))}. */
    public BulkInsert<T> bulkInsert(Publisher<? extends NewRow<? extends T>> rows) {
        return new BulkInsert<>("bulkInsert", writing(), Flux.from(rows).map(NewRow::fields), BulkSettings.STREAM);
    }

    /** As {@link #bulkCreate(Collection)}, all or none. */
    public BulkInsert<T> bulkInsert(Collection<? extends NewRow<? extends T>> rows) {
        List<Fields> all = rows.stream().map(NewRow::fields).toList();
        return new BulkInsert<>("bulkInsert", writing(), Flux.fromIterable(all), BulkSettings.COLLECTION);
    }

    /**
     * Writes columns of rows that are found by their keys, and gives the number of those found. Windows and errors are
     * those of {@link BulkInsert}.
     *
     * @param rows each with a key and a value for each of the columns
     */
    public Mono<Long> bulkUpdate(Publisher<Fields> rows, String... columns) {
        return new BulkUpdate(state, List.of(columns)).run(rows, BulkSettings.STREAM);
    }

    /** As {@link #bulkUpdate(Publisher, String...)}, all or none. */
    public Mono<Long> bulkUpdate(Collection<Fields> rows, String... columns) {
        return new BulkUpdate(state, List.of(columns))
                .run(Flux.fromIterable(List.copyOf(rows)), BulkSettings.COLLECTION);
    }

    /** As {@link #bulkUpdate(Publisher, String...)}, with the values that rows have: {@code bulkUpdate(rows, BOOK.pages)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<Long> bulkUpdate(
            Publisher<? extends T> rows, Col<? super T, ?> column, Col<? super T, ?>... more) {
        return new BulkUpdate(state, List.of(Place.names(column, more)))
                .run(Flux.from(rows).map(this::fieldsOf), BulkSettings.STREAM);
    }

    /** As {@link #bulkUpdate(Publisher, Col, Col[])}, all or none. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<Long> bulkUpdate(
            Collection<? extends T> rows, Col<? super T, ?> column, Col<? super T, ?>... more) {
        List<Fields> all = rows.stream().map(this::fieldsOf).toList();
        return new BulkUpdate(state, List.of(Place.names(column, more)))
                .run(Flux.fromIterable(all), BulkSettings.COLLECTION);
    }

    /** As {@link #getOrCreate(Fields, Fields)} without defaults. */
    public Mono<Created<T>> getOrCreate(Fields lookup) {
        return getOrCreate(lookup, Fields.empty());
    }

    /**
     * The row that fulfils the lookup; when there is none, a new one with the values of the lookup that are plain
     * equalities, and the defaults. Of many that ask at once, in any process, one makes it. Several rows are a
     * {@link MultipleObjectsException}.
     */
    public Mono<Created<T>> getOrCreate(Fields lookup, Fields defaults) {
        return seeking("getOrCreate", Pair.of(lookup.asMap())).get(defaults);
    }

    private GetOrCreate<T> seeking(String verb, List<Pair> lookup) {
        return new GetOrCreate<>(verb, with(state), lookup);
    }

    /** As {@link #getOrCreate(Fields)}: {@code getOrCreate(List.of(AUTHOR.email.to("eve@example.org")))}. */
    public Mono<Created<T>> getOrCreate(Collection<? extends Assign<? super T>> lookup) {
        return getOrCreate(lookup, List.of());
    }

    /**
     * As {@link #getOrCreate(Fields, Fields)}: {@code getOrCreate(List.of(AUTHOR.email.to("eve@example.org")),
     * List.of(AUTHOR.name.to("Eve")))}.
     */
    public Mono<Created<T>> getOrCreate(
            Collection<? extends Assign<? super T>> lookup, Collection<? extends Assign<? super T>> defaults) {
        return seeking("getOrCreate", Assign.pairs(lookup)).get(Assign.fields(defaults));
    }

    /**
     * The row that has the values of a new row in these columns; when there is none, the new one, as
     * {@link #getOrCreate(Fields, Fields)}: {@code getOrCreate(new NewAuthor("Eve").email("eve@example.org"), AUTHOR.email)}.
     *
     * @throws InvalidQueryException the new row has no value for one of the columns
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<Created<T>> getOrCreate(
            NewRow<? extends T> row, Col<? super T, ?> by, Col<? super T, ?>... more) {
        Sought sought = Sought.of(state, "getOrCreate", row.fields(), Place.names(by, more));
        return seeking("getOrCreate", sought.lookup()).get(sought.defaults());
    }

    /** As {@link #updateOrCreate(Fields, Fields, Fields)} with the same values for a new row. */
    public Mono<Created<T>> updateOrCreate(Fields lookup, Fields defaults) {
        return updateOrCreate(lookup, defaults, defaults);
    }

    /**
     * Writes the defaults to the row that fulfils the lookup; when there is none, makes one with the values of the lookup
     * that are plain equalities, and {@code createDefaults}. One transaction; several rows are a
     * {@link MultipleObjectsException}, and nothing is written.
     */
    public Mono<Created<T>> updateOrCreate(Fields lookup, Fields defaults, Fields createDefaults) {
        return seeking("updateOrCreate", Pair.of(lookup.asMap())).update(defaults, createDefaults);
    }

    /** As {@link #updateOrCreate(Fields, Fields)}, with columns of the table class. */
    public Mono<Created<T>> updateOrCreate(
            Collection<? extends Assign<? super T>> lookup, Collection<? extends Assign<? super T>> defaults) {
        return updateOrCreate(lookup, defaults, defaults);
    }

    /** As {@link #updateOrCreate(Fields, Fields, Fields)}, with columns of the table class. */
    public Mono<Created<T>> updateOrCreate(
            Collection<? extends Assign<? super T>> lookup,
            Collection<? extends Assign<? super T>> defaults,
            Collection<? extends Assign<? super T>> createDefaults) {
        return seeking("updateOrCreate", Assign.pairs(lookup))
                .update(Assign.fields(defaults), Assign.fields(createDefaults));
    }

    /**
     * Writes what a new row gives to the row that has its values in these columns; when there is none, inserts the new
     * one. As {@link #updateOrCreate(Fields, Fields)}.
     *
     * @throws InvalidQueryException the new row has no value for one of the columns
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<Created<T>> updateOrCreate(
            NewRow<? extends T> row, Col<? super T, ?> by, Col<? super T, ?>... more) {
        Sought sought = Sought.of(state, "updateOrCreate", row.fields(), Place.names(by, more));
        return seeking("updateOrCreate", sought.lookup()).update(sought.defaults(), sought.defaults());
    }
}
