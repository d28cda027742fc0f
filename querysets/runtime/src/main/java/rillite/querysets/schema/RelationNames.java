package rillite.querysets.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of relations that are chosen instead of derived. Immutable.
 *
 * <p>A foreign key is named {@code table.column}, one of several columns {@code table.first,second}; a foreign key that
 * does not exist, and a name that is taken, is an error when the schema is read.
 */
public final class RelationNames {

    private static final RelationNames NONE = new RelationNames(Map.of(), Map.of(), false);

    private final Map<String, Pair> pairs;
    private final Map<String, String> throughLinks;
    private final boolean forgiving;

    record Pair(String toOne, String reverse) {}

    private RelationNames(Map<String, Pair> pairs, Map<String, String> throughLinks, boolean forgiving) {
        this.pairs = pairs;
        this.throughLinks = throughLinks;
        this.forgiving = forgiving;
    }

    /** No names chosen: all are derived. */
    public static RelationNames none() {
        return NONE;
    }

    /**
     * Names both directions of a foreign key, for example {@code relation("author.mentor_id", "mentor", "mentees")}.
     *
     * @throws IllegalArgumentException a name is blank
     */
    public RelationNames relation(String foreignKey, String toOne, String reverse) {
        Map<String, Pair> more = new LinkedHashMap<>(pairs);
        more.put(ForeignKey.key(foreignKey), new Pair(name(toOne), name(reverse)));
        return new RelationNames(more, throughLinks, forgiving);
    }

    /**
     * Names the many-to-many relation that leads through a link table to the target of one of its foreign keys, for
     * example {@code manyToMany("follow.followed_id", "following")}.
     *
     * @throws IllegalArgumentException the name is blank
     */
    public RelationNames manyToMany(String foreignKey, String name) {
        Map<String, String> more = new LinkedHashMap<>(throughLinks);
        more.put(ForeignKey.key(foreignKey), name(name));
        return new RelationNames(pairs, more, forgiving);
    }

    /** The same names; those that do not fit the file are noted instead of refused. */
    public RelationNames forgiving() {
        return new RelationNames(pairs, throughLinks, true);
    }

    boolean isForgiving() {
        return forgiving;
    }

    /** By folded {@code table.column}. */
    Map<String, Pair> pairs() {
        return pairs;
    }

    /** By folded {@code table.column} of the foreign key to the target. */
    Map<String, String> throughLinks() {
        return throughLinks;
    }

    /** The names chosen for a foreign key, null for none. */
    @Nullable Pair pair(ForeignKey foreignKey) {
        return pairs.isEmpty() ? null : pairs.get(foreignKey.key());
    }

    /** The name chosen for what lies behind a foreign key of a link table, null for none. */
    @Nullable String throughLink(ForeignKey foreignKey) {
        return throughLinks.isEmpty() ? null : throughLinks.get(foreignKey.key());
    }

    private static String name(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a relation must not be blank");
        }
        return name;
    }

    @Override
    public String toString() {
        return "RelationNames" + pairs + throughLinks;
    }
}
