package rillite.querysets.migrate.make;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How two schemas are compared.
 *
 * @param rollback whether the way down is looked for: then it must be found, and what it loses was agreed to
 * @param anyOrder whether columns may stand in any order
 * @param backfills expressions, by folded places of the schema that is to be reached
 * @param renames names in the database as it is now, for queries that look into it
 * @param present the database as it is now
 */
record DiffTerms(
        boolean rollback, boolean anyOrder, Map<Place, String> backfills, Renames renames, SchemaDump present) {

    @Nullable String backfill(String table, String column) {
        return backfills.get(Place.of(table, column).folded());
    }
}
