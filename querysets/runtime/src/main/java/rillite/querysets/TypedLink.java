package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The links of one record to the records of a to-many relation: {@code db.link(BOOK.tags(), book).add(java, sql)}.
 * Immutable; neither the owner nor the records are read.
 *
 * <p>The statements, and what each verb gives, are those of {@link Link}.
 *
 * @param <T> what a related row is read as
 */
public final class TypedLink<T> {

    private final Link link;
    private final Table<T, T> target;

    private TypedLink(Link link, Table<T, T> target) {
        this.link = link;
        this.target = target;
    }

    static <T> TypedLink<T> of(Database database, ToMany<?, T, ?> relation, @Nullable Object owner) {
        if (relation.filter() != null || relation.path().size() > 1) {
            throw Errors.invalidQuery("Cannot link through \"" + relation
                    + "\": links belong to rows of one table and are not narrowed. Name the relation from the table of"
                    + " the owner, as in AUTHOR.books().");
        }
        TableModel model = database.model(relation.root().name());
        return new TypedLink<>(Link.of(database, model, relation.path().segment(0), owner), relation.target());
    }

    /** Links these records; those that are linked stay as they are. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<Long> add(T row, T... more) {
        return link.add(keyed(row, more));
    }

    /** As {@link #add(Object, Object[])}. */
    public Mono<Long> add(Collection<? extends T> rows) {
        return link.add(keyed(rows));
    }

    /**
     * As {@link #add(Object, Object[])}, with values for further columns of the link table: {@code add(tags,
     * BOOK_TAG.since.to(today))}.
     *
     * @param <L> what a row of the link table is read as; its columns are looked for by their names
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <L> Mono<Long> add(Collection<? extends T> rows, Assign<L> column, Assign<L>... more) {
        return link.add(keyed(rows), Assign.fields(column, more));
    }

    /**
     * Unlinks these records.
     *
     * @throws InvalidQueryException the link is a foreign key that cannot be NULL
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<Long> remove(T row, T... more) {
        return link.remove(keyed(row, more));
    }

    /** As {@link #remove(Object, Object[])}. */
    public Mono<Long> remove(Collection<? extends T> rows) {
        return link.remove(keyed(rows));
    }

    /** Unlinks all records. Errors are those of {@link #remove(Object, Object[])}. */
    public Mono<Long> clear() {
        return link.clear();
    }

    /**
     * Links these records and no others, in one transaction; links that stay are not touched. Errors are those of
     * {@link #remove(Object, Object[])}.
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<Long> set(T row, T... more) {
        return link.set(keyed(row, more));
    }

    /** As {@link #set(Object, Object[])}; no records unlink all. */
    public Mono<Long> set(Collection<? extends T> rows) {
        return link.set(keyed(rows));
    }

    /**
     * Creates a row and links it, in one transaction; gives it as stored.
     *
     * @throws InvalidQueryException it names the foreign key that makes the link: use {@link #create(Assign[])}
     */
    public Mono<T> create(NewRow<? extends T> row) {
        return create(row.fields(), Fields.empty());
    }

    /** As {@link #create(NewRow)}, with values for further columns of the link table. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <L> Mono<T> create(NewRow<? extends T> row, Assign<L> column, Assign<L>... more) {
        return create(row.fields(), Assign.fields(column, more));
    }

    /** As {@link #create(NewRow)}: {@code db.link(AUTHOR.books(), ann).create(BOOK.title.to("x"), BOOK.pages.to(3))}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<T> create(Assign<? super T>... assigns) {
        return create(Assign.fields(assigns), Fields.empty());
    }

    private Mono<T> create(Fields row, Fields columns) {
        return link.create(row, columns).map(target.reader());
    }

    /** The same links, for keys instead of records. */
    public Link byKey() {
        return link;
    }

    private List<Keyed> keyed(T row, T[] more) {
        List<T> rows = new ArrayList<>(Arrays.asList(more));
        rows.add(0, row);
        return keyed(rows);
    }

    private List<Keyed> keyed(Collection<? extends T> rows) {
        return rows.stream().map(target::keyed).toList();
    }
}
