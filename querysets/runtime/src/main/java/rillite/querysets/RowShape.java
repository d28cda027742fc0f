package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/** What all rows of one query have in common; shared by them. */
final class RowShape {

    private final TableModel model;
    private final String table;
    private final Slots slots;
    private final Origin origin;
    private final List<Output> outputs;
    private final ColumnType[] types;
    private @Nullable RowNames names;
    private final boolean narrowed;

    private RowShape(TableModel model, List<Output> outputs, boolean narrowed) {
        this.model = model;
        this.narrowed = narrowed;
        table = model.name();
        slots = Slots.NONE;
        origin = Origin.of(table);
        this.outputs = List.copyOf(outputs);
        types = new ColumnType[this.outputs.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = this.outputs.get(i).type();
        }
    }

    /** A shape whose values answer to the names under which they were asked for. */
    static RowShape of(TableModel model, List<Output> outputs) {
        return new RowShape(model, outputs, false);
    }

    /** The shape of whole rows of which not all columns are read. */
    static RowShape narrowed(TableModel model, List<Output> outputs) {
        return new RowShape(model, outputs, true);
    }

    private RowShape(RowShape other, Slots slots, Origin origin) {
        model = other.model;
        table = other.table;
        outputs = other.outputs;
        types = other.types;
        names = other.byName();
        narrowed = other.narrowed;
        this.slots = slots;
        this.origin = origin;
    }

    /** The same values, with these places for related rows. */
    RowShape with(Slots newSlots, Origin newOrigin) {
        return newSlots == slots && newOrigin.equals(origin) ? this : new RowShape(this, newSlots, newOrigin);
    }

    Slots slots() {
        return slots;
    }

    Origin origin() {
        return origin;
    }

    /** The place of related rows; throws when they were not loaded with rows of this shape, or do not exist. */
    int slot(String relation) {
        int position = slots.position(relation);
        if (position < 0) {
            throw notLoaded(relation);
        }
        return position;
    }

    /** Says by which call the related rows are loaded. */
    QueryException notLoaded(String relation) {
        return LoadingErrors.notLoaded(model, slots, origin, relation);
    }

    String table() {
        return table;
    }

    List<String> names() {
        return byName().all();
    }

    /** Shared by the shapes that differ in related rows only. */
    private RowNames byName() {
        RowNames known = names;
        if (known == null) {
            known = new RowNames(model.key(), outputs);
            names = known;
        }
        return known;
    }

    List<Output> outputs() {
        return outputs;
    }

    ColumnType type(int position) {
        return types[position];
    }

    /** The type as written in the declaration, or as computed. */
    String declaredType(int position) {
        Column column = outputs.get(position).column();
        return column == null ? types[position].name() : column.declaredType();
    }

    int size() {
        return types.length;
    }

    /** Positions of the key columns, null when the key is not complete or the table has none. */
    int @Nullable [] key() {
        return isKeyed() ? byName().key() : null;
    }

    boolean isKeyed() {
        return !model.key().isEmpty();
    }

    /** The position of a name, or throws with the nearest ones. */
    int position(String name) {
        Integer position = byName().position(name);
        if (position != null) {
            return position;
        }
        if (tableColumns().contains(name)) {
            throw new NotLoadedException("The column " + table + "." + name
                    + " was not read by the query of this row, which reads: " + Errors.list(names())
                    + (narrowed
                            ? ". Add \"" + origin.path(name) + "\" to only(..), or take it out of defer(..)."
                            : ". Add it to values(..)."));
        }
        throw new UnknownFieldException(
                "Unknown field \"" + name + "\" in a row of " + table + "." + Nearest.hint(Nearest.of(name, names()))
                        + " Fields: " + Errors.list(names()),
                name,
                name,
                table,
                Nearest.of(name, names()));
    }

    private List<String> tableColumns() {
        return model.visible().stream().map(Column::name).toList();
    }

    Set<String> unloadedNames() {
        Set<String> unloaded = new LinkedHashSet<>(tableColumns());
        outputs.forEach(output -> {
            Column column = output.column();
            if (column != null) {
                unloaded.remove(column.name());
            }
        });
        return unloaded;
    }

    /** {@code table.column (key 3)}, for messages about one cell. */
    String label(int position, @Nullable Object[] values) {
        List<String> keyTexts = new ArrayList<>();
        int[] places = key();
        if (places != null) {
            for (int place : places) {
                keyTexts.add(outputs.get(place).name() + " " + values[place]);
            }
        }
        String where = keyTexts.isEmpty() ? "" : " (" + String.join(", ", keyTexts) + ")";
        return outputs.get(position).operand().label() + where;
    }
}
