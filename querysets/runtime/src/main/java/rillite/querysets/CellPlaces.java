package rillite.querysets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the columns and relations of a table class are in rows of one shape; found once for a shape, not for each row. */
final class CellPlaces {

    static final CellPlaces NONE = new CellPlaces(null, new int[0]);

    private final @Nullable RowShape shape;
    private final int[] positions;
    /** Grows by copies, null while there is none. Threads that race for it find too little, and look again. */
    private Relative<?> @Nullable [] relatives;

    /** A relation of the rows, and the place where they hold what was loaded along it; -1 for nowhere. */
    record Relative<U>(Ref.Relation<U> relation, int slot) {}

    /**
     * @param positions of the columns, by their index in the table class
     */
    CellPlaces(@Nullable RowShape shape, int[] positions) {
        this.shape = shape;
        this.positions = positions;
    }

    boolean isOf(RowShape other) {
        return shape == other;
    }

    int position(int column) {
        return positions[column];
    }

    /** A relation to one row, of rows of a shape. */
    @SuppressWarnings("unchecked")
    <U> Relative<U> relative(RowShape owner, String name, Table<U, U> target, boolean keyed) {
        Relative<?>[] seen = relatives;
        for (int i = 0; seen != null && i < seen.length; i++) {
            if (isIt(seen[i].relation, owner, name, target, keyed)) {
                return (Relative<U>) seen[i];
            }
        }
        Relative<U> found = new Relative<>(
                new Ref.Relation<>(owner, name, target, keyed), owner.slots().position(name));
        if (shape == owner) {
            Relative<?>[] more = seen == null ? new Relative<?>[1] : Arrays.copyOf(seen, seen.length + 1);
            more[more.length - 1] = found;
            relatives = more;
        }
        return found;
    }

    private static boolean isIt(Ref.Relation<?> known, RowShape owner, String name, Table<?, ?> target, boolean keyed) {
        return known.name().equals(name)
                && known.target() == target
                && known.keyed() == keyed
                && known.owner() == owner;
    }
}
