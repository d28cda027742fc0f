package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.CreateText;
import rillite.querysets.schema.Names;

/**
 * How a table gets from one declaration to another.
 *
 * @param alters what ALTER TABLE does, in order
 * @param reasons why ALTER TABLE cannot do it; empty if it can
 */
record TableDiff(List<SchemaChange> alters, List<String> reasons) {

    TableDiff {
        alters = List.copyOf(alters);
        reasons = List.copyOf(reasons);
    }

    static TableDiff of(TableState from, TableState to, DiffTerms terms) {
        return of(from, to, terms.anyOrder(), terms.backfills());
    }

    private static TableDiff of(TableState from, TableState to, boolean anyOrder, Map<Place, String> backfills) {
        List<SchemaChange> alters = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        if (from.text() == to.text()) {
            return new TableDiff(alters, reasons);
        }
        if (!from.isUnderstood() || !to.isUnderstood()) {
            boolean same = from.text().words().equals(to.text().words());
            return new TableDiff(alters, same ? reasons : List.of("its declaration changes"));
        }
        drops(from, to, alters, reasons);
        adds(from, to, backfills, alters, reasons);
        changed(from, to, reasons);
        if (!anyOrder) {
            order(from, to, reasons);
        }
        return new TableDiff(alters, reasons);
    }

    /** Whether two declarations say the same, in whatever layout. */
    static boolean areEqual(TableState one, TableState other, boolean anyOrder) {
        TableDiff diff = of(one, other, anyOrder, Map.of());
        return diff.isEmpty() && one.name().equals(other.name());
    }

    boolean isEmpty() {
        return alters.isEmpty() && reasons.isEmpty();
    }

    private static void drops(TableState from, TableState to, List<SchemaChange> alters, List<String> reasons) {
        boolean someStay = from.table().columns().stream()
                .anyMatch(column ->
                        !column.isGenerated() && to.column(column.name()).isPresent());
        for (Column column : from.table().columns()) {
            if (to.column(column.name()).isPresent()) {
                continue;
            }
            String why = someStay
                    ? AlterLimits.whyNotDropped(from, column, from.part(column.name()))
                    : "cannot go, because no other column stays";
            if (why == null) {
                alters.add(new SchemaChange.DropColumn(to.name(), column.name()));
            } else {
                reasons.add("column " + column.name() + " is dropped, and " + why);
            }
        }
    }

    private static void adds(
            TableState from,
            TableState to,
            Map<Place, String> backfills,
            List<SchemaChange> alters,
            List<String> reasons) {
        for (Column column : to.table().columns()) {
            if (from.column(column.name()).isPresent()) {
                continue;
            }
            CreateText.Part part = to.part(column.name());
            String why = backfills.get(Place.of(to.name(), column.name()).folded()) == null
                    ? AlterLimits.whyNotAdded(column, part)
                    : "gets values from other columns";
            if (why == null) {
                alters.add(new SchemaChange.AddColumn(to.name(), column.name(), part.sql()));
            } else {
                reasons.add("column " + column.name() + " is added, and " + why);
            }
        }
    }

    private static void changed(TableState from, TableState to, List<String> reasons) {
        for (CreateText.Part part : to.text().columns()) {
            Optional<Column> column = from.column(part.name());
            if (column.isEmpty()) {
                continue;
            }
            CreateText.Part old = from.part(part.name());
            if (!old.words().equals(part.words())) {
                reasons.add("column " + shown(old) + " becomes " + shown(part));
            }
            if (!old.name().equals(part.name())) {
                reasons.add("column " + old.name() + " becomes " + part.name());
            }
        }
        if (!from.text().constraints().equals(to.text().constraints())) {
            reasons.add("its constraints change");
        }
        if (!from.text().options().equals(to.text().options())) {
            reasons.add(options(from) + " becomes " + options(to));
        }
    }

    private static String shown(CreateText.Part part) {
        return part.sql().replaceAll("\\s+", " ");
    }

    private static String options(TableState table) {
        return table.text().options().isEmpty()
                ? "a plain table"
                : String.join(" ", table.text().options()).replace(" ,", ",").toUpperCase(Locale.ROOT);
    }

    /** The order that dropping and adding gives: what stays, then what is new. */
    private static void order(TableState from, TableState to, List<String> reasons) {
        List<String> reached = new ArrayList<>();
        from.table().columns().stream()
                .map(Column::name)
                .filter(name -> to.column(name).isPresent())
                .forEach(reached::add);
        to.table().columns().stream()
                .map(Column::name)
                .filter(name -> from.column(name).isEmpty())
                .forEach(reached::add);
        int i = 0;
        for (Column column : to.table().columns()) {
            if (!Names.same(reached.get(i++), column.name())) {
                reasons.add("column " + column.name() + " stands elsewhere than ALTER TABLE would put it");
                return;
            }
        }
    }
}
