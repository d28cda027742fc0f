package rillite.querysets.migrate.make;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The expressions that the caller gave for columns, by the way on which they are used.
 *
 * @param forward by folded places of the desired schema
 * @param back by folded places of the present schema, under the new names of its tables
 */
record Backfills(Map<Place, String> forward, Map<Place, String> back) {

    static Backfills of(Decisions decisions, SchemaDump before, SchemaDump after, Renames renames) {
        Map<Place, String> forward = new LinkedHashMap<>();
        Map<Place, String> back = new LinkedHashMap<>();
        decisions.backfills().forEach((name, expression) -> {
            Place there = Place.find(name, after);
            Place here = Place.find(name, before);
            if (there != null && there.column() != null) {
                forward.put(there.folded(), expression);
            } else if (here != null && here.column() != null) {
                back.put(new Place(renames.tableAfter(here.table()), here.column()).folded(), expression);
            } else {
                throw MakeErrors.noSuchPlace("backfill", name, after);
            }
        });
        return new Backfills(forward, back);
    }

    /** Refuses expressions that would have no effect. */
    void check(SchemaDiff up, SchemaDiff down) {
        forward.keySet().forEach(place -> check(place, up));
        back.keySet().forEach(place -> check(place, down));
    }

    private static void check(Place place, SchemaDiff diff) {
        if (!diff.isRebuilt(place.table())) {
            throw MakeErrors.unusedBackfill(
                    place.toString(), "its table is not changed in a way that copies its rows, so it has no effect.");
        }
    }
}
