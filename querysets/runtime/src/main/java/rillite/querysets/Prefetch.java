package rillite.querysets;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Related rows to be loaded by a statement of their own, for {@link QuerySet#prefetchRelated(Prefetch...)}. Immutable.
 *
 * <p>{@code Prefetch.of("books", q -> q.filter("pages__gt", 100).orderBy("-pages").limit(3)).as("top")} loads up to three
 * books of each author, which are read with {@code row.list("top")}.
 */
public final class Prefetch {

    private final KeyPath path;
    private final @Nullable UnaryOperator<QuerySet<Row>> query;
    private final @Nullable String name;

    private Prefetch(KeyPath path, @Nullable UnaryOperator<QuerySet<Row>> query, @Nullable String name) {
        this.path = path;
        this.query = query;
        this.name = name;
    }

    /** All rows of a relation, which may be reached over others: {@code "books__tags"}. */
    public static Prefetch of(String path) {
        return new Prefetch(KeyPath.of(path), null, null);
    }

    /**
     * Some rows of a relation.
     *
     * @param query given all rows of the related table; filters, sorts and slices them, and may load relations itself. A
     *     limit and an offset count for each owner. Called once, by the verb that takes this prefetch; must give whole
     *     rows of that table
     */
    public static Prefetch of(String path, UnaryOperator<QuerySet<Row>> query) {
        return new Prefetch(KeyPath.of(path), Objects.requireNonNull(query, "query"), null);
    }

    static Prefetch of(KeyPath path, @Nullable UnaryOperator<QuerySet<Row>> query) {
        return new Prefetch(path, query, null);
    }

    /** The same rows under a name of their own, beside those of the relation. */
    public Prefetch as(String newName) {
        return new Prefetch(path, query, newName);
    }

    KeyPath path() {
        return path;
    }

    @Nullable UnaryOperator<QuerySet<Row>> query() {
        return query;
    }

    @Nullable String name() {
        return name;
    }

    @Override
    public String toString() {
        return "Prefetch[" + path + (query == null ? "" : ", query") + (name == null ? "" : " as " + name) + "]";
    }
}
