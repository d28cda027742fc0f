package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The named places that rows of one shape have for related rows. Immutable. */
final class Slots {

    /** Stands in a place whose related rows were not read; null means that there is no such row. */
    static final Object NOT_LOADED = new Object();

    static final Slots NONE = new Slots(List.of());

    private static final Object[] NOTHING = {};

    private final List<String> names;
    private final Map<String, Integer> positions = new LinkedHashMap<>();

    private Slots(List<String> names) {
        this.names = names;
        for (int i = 0; i < names.size(); i++) {
            positions.put(names.get(i), i);
        }
        for (int i = 0; i < names.size(); i++) {
            positions.putIfAbsent(TableModel.propertyName(names.get(i)), i);
        }
    }

    /** These places and those of other names, after them. */
    Slots and(Collection<String> others) {
        List<String> all = new ArrayList<>(names);
        for (String name : others) {
            if (!all.contains(name)) {
                all.add(name);
            }
        }
        return all.size() == names.size() ? this : new Slots(List.copyOf(all));
    }

    List<String> names() {
        return names;
    }

    int size() {
        return names.size();
    }

    /** The place of a name or property name, -1 when there is none. */
    int position(String name) {
        Integer position = positions.get(name);
        return position == null ? -1 : position;
    }

    /** The places of a new row, with nothing loaded. */
    @Nullable Object[] unloaded() {
        if (names.isEmpty()) {
            return NOTHING;
        }
        @Nullable Object[] places = new @Nullable Object[names.size()];
        Arrays.fill(places, NOT_LOADED);
        return places;
    }
}
