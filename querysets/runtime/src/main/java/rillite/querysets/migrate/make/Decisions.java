package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rillite.querysets.schema.Names;

/**
 * What the caller has decided. Immutable.
 *
 * @param renames what was renamed
 * @param notRenamed what is gone for good, though it looks renamed
 * @param backfills expressions for columns of rows that exist already
 * @param ignored tables that are nobody's business: names, or their beginnings with an asterisk behind
 * @param dataLoss whether data may be lost
 * @param anyOrder whether columns may stand in another order than in the schema
 */
record Decisions(
        List<Rename> renames,
        List<String> notRenamed,
        Map<String, String> backfills,
        List<String> ignored,
        boolean dataLoss,
        boolean anyOrder) {

    static final Decisions NONE = new Decisions(List.of(), List.of(), Map.of(), List.of(), false, false);

    /** The tables of Rillite itself: the history of the migrator, and how far imports of the command line are. */
    private static final List<String> OWN = List.of("rillite_migration", "rillite_import");

    /** A new name for a table or column. */
    record Rename(String from, String to) {}

    Decisions {
        renames = List.copyOf(renames);
        notRenamed = List.copyOf(notRenamed);
        backfills = Map.copyOf(backfills);
        ignored = List.copyOf(ignored);
    }

    private static <T> List<T> and(List<T> known, List<T> more) {
        List<T> all = new ArrayList<>(known);
        all.addAll(more);
        return all;
    }

    Decisions rename(String from, String to) {
        return new Decisions(
                and(renames, List.of(new Rename(from, to))), notRenamed, backfills, ignored, dataLoss, anyOrder);
    }

    Decisions notRenamed(String name) {
        return new Decisions(renames, and(notRenamed, List.of(name)), backfills, ignored, dataLoss, anyOrder);
    }

    Decisions backfill(String column, String expression) {
        Map<String, String> all = new LinkedHashMap<>(backfills);
        all.put(column, expression);
        return new Decisions(renames, notRenamed, all, ignored, dataLoss, anyOrder);
    }

    Decisions ignoring(List<String> tables) {
        return new Decisions(renames, notRenamed, backfills, and(ignored, tables), dataLoss, anyOrder);
    }

    Decisions allowingDataLoss() {
        return new Decisions(renames, notRenamed, backfills, ignored, true, anyOrder);
    }

    Decisions inAnyOrder() {
        return new Decisions(renames, notRenamed, backfills, ignored, dataLoss, true);
    }

    static boolean isOwn(String table) {
        return OWN.stream().anyMatch(own -> Names.same(own, table));
    }

    boolean isIgnored(String table) {
        return isOwn(table) || ignored.stream().anyMatch(pattern -> fits(pattern, table));
    }

    private static boolean fits(String pattern, String table) {
        return pattern.endsWith("*")
                ? Names.fold(table).startsWith(Names.fold(pattern.substring(0, pattern.length() - 1)))
                : Names.same(pattern, table);
    }
}
