package rillite.querysets.schema;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A named way from the rows of one table to rows of another.
 *
 * <p>Every relation has an inverse, which is a relation of the target. Two relations are equal when their names, tables
 * and columns are.
 *
 * @param name name of the relation, unique among the relations and columns of its owner
 * @param kind to how many rows it leads, and through what
 * @param owner table from whose rows it starts
 * @param target table to whose rows it leads; the owner itself for a key that references its own table
 * @param from columns of the owner
 * @param to columns that hold the same values as {@code from}, in the same order: columns of the target, or for
 *     {@link Kind#MANY_TO_MANY} of the link table
 * @param link the second half of the way, for {@link Kind#MANY_TO_MANY} only
 * @param optional whether a row of the owner may have no related row
 * @param inverse name of the same relation seen from the target
 * @param foreignKey the foreign key it comes from; for {@link Kind#MANY_TO_MANY} the one from the link table to the
 *     target
 */
public record Relation(
        String name,
        Kind kind,
        Table owner,
        Table target,
        List<Column> from,
        List<Column> to,
        @Nullable Link link,
        boolean optional,
        String inverse,
        ForeignKey foreignKey) {

    /** To how many rows a relation leads, and through what. */
    public enum Kind {
        /** Along a foreign key of the owner, to at most one row. */
        TO_ONE,
        /** Against a foreign key whose columns are unique, to at most one row. */
        ONE_TO_ONE,
        /** Against a foreign key, to any number of rows. */
        TO_MANY,
        /** Through a link table, to any number of rows. */
        MANY_TO_MANY;

        /** Whether a row of the owner may have several related rows. */
        public boolean isMany() {
            return this == TO_MANY || this == MANY_TO_MANY;
        }
    }

    /**
     * The way from a link table to the target.
     *
     * @param table the link table
     * @param to columns of the link table that hold the key of the target
     * @param target the key columns of the target, in the same order
     */
    public record Link(Table table, List<Column> to, List<Column> target) {

        public Link {
            to = List.copyOf(to);
            target = List.copyOf(target);
            requirePairs(to, target);
        }
    }

    public Relation {
        from = List.copyOf(from);
        to = List.copyOf(to);
        requirePairs(from, to);
        if ((kind == Kind.MANY_TO_MANY) != (link != null)) {
            throw new IllegalArgumentException("only a many-to-many relation has a link: " + name);
        }
    }

    private static void requirePairs(List<Column> left, List<Column> right) {
        if (left.isEmpty() || left.size() != right.size()) {
            throw new IllegalArgumentException("a relation needs pairs of columns, got " + left + " and " + right);
        }
    }

    /** {@code book.author}, for messages. */
    public String qualifiedName() {
        return owner.name() + "." + name;
    }

    /** By names and columns, cheaply: relations are parts of cache keys. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Relation that
                        && name.equals(that.name)
                        && kind == that.kind
                        && owner.name().equals(that.owner.name())
                        && target.name().equals(that.target.name())
                        && from.equals(that.from)
                        && to.equals(that.to)
                        && sameLink(link, that.link)
                        && optional == that.optional;
    }

    private static boolean sameLink(@Nullable Link a, @Nullable Link b) {
        return a == null || b == null ? a == b : a.to.equals(b.to) && a.target.equals(b.target);
    }

    @Override
    public int hashCode() {
        return 31 * owner.name().hashCode() + name.hashCode();
    }

    /** For example {@code book.tags (book.id = book_tag.book_id, book_tag.tag_id = tag.id)}. */
    @Override
    public String toString() {
        String pairs = pairs(from, to) + (link == null ? "" : ", " + pairs(link.to, link.target));
        return qualifiedName() + " (" + pairs + ")";
    }

    private static String pairs(List<Column> left, List<Column> right) {
        return IntStream.range(0, left.size())
                .mapToObj(
                        i -> left.get(i).qualifiedName() + " = " + right.get(i).qualifiedName())
                .collect(Collectors.joining(", "));
    }
}
