package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The owners of gathered rows, as the relation back holds them: copies without the relations that are being loaded, so that
 * a row never leads back to itself.
 */
final class KnownOwners {

    private final @Nullable String name;
    private final List<Level> siblings;
    private final WiderShapes wider;
    private final int slot;
    private final List<Row> made = new ArrayList<>();

    KnownOwners(Level level, List<Level> siblings) {
        RowPlan plan = level.plan();
        name = plan.known();
        this.siblings = siblings;
        List<String> behind = plan.behindKnown().stream().map(Level::holder).toList();
        wider = new WiderShapes(
                behind, name == null ? level.origin() : level.origin().then(name));
        slot = name == null ? -1 : plan.reader().shape().slots().position(name);
    }

    /** Whether gathered rows have a place for their owner. */
    boolean isAsked() {
        return name != null;
    }

    /** Makes the copy that the rows of an owner share. */
    Row of(Row owner) {
        Row copy = wider.copy(owner);
        for (Level sibling : siblings) {
            copy.put(copy.shape().slot(sibling.holder()), Slots.NOT_LOADED);
        }
        made.add(copy);
        return copy;
    }

    /** Gives a row of the statement its owner. */
    void put(Row row, Row owner) {
        row.put(slot, owner);
    }

    /** Gives a row that was read before its owner, if it has none; else a copy of that to which more can be added. */
    void putOrWiden(Row row, Row owner) {
        int place = row.shape().slot(Objects.requireNonNull(name));
        Object present = row.related(place);
        if (present == Slots.NOT_LOADED) {
            row.put(place, of(owner));
        } else if (present instanceof Row loaded) {
            Row copy = wider.copy(loaded);
            made.add(copy);
            row.put(place, copy);
        }
    }

    /** The copies that were made. */
    List<Row> made() {
        return made;
    }
}
