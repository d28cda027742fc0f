package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import rillite.querysets.schema.Names;

/**
 * A table that is created anew under another name, filled, and put in the place of the old one. Indexes, triggers and views
 * are the business of whoever uses this.
 */
final class Rebuild {

    private final TableState from;
    private final TableState to;
    private final CopiedRows rows;
    private final List<String> reasons;
    private final String temporary;

    Rebuild(TableState from, TableState to, List<String> reasons, DiffTerms terms, Predicate<String> isTaken) {
        this.from = from;
        this.to = to;
        this.reasons = reasons;
        rows = new CopiedRows(from, to, terms);
        String name = "rillite_new_" + to.name();
        while (isTaken.test(name)) {
            name += "_";
        }
        temporary = name;
    }

    SchemaChange.RebuildTable change() {
        String target = Names.written(temporary);
        List<String> statements = new ArrayList<>();
        statements.add(to.text().named(target));
        statements.add(rows.statement(target));
        if (from.table().declaration().autoincrement()
                && to.table().declaration().autoincrement()) {
            statements.add("DELETE FROM sqlite_sequence WHERE name = " + text(temporary));
            statements.add("INSERT INTO sqlite_sequence (name, seq)\nSELECT " + text(temporary)
                    + ", seq FROM sqlite_sequence WHERE name = " + text(from.name()));
        }
        statements.add("DROP TABLE " + Names.written(from.name()));
        statements.add("ALTER TABLE " + target + " RENAME TO " + Names.written(to.name()));
        return new SchemaChange.RebuildTable(to.name(), reasons, statements);
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    CopiedRows rows() {
        return rows;
    }
}
