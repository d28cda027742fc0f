package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.DraftWarning.Kind;
import rillite.querysets.schema.Affinity;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Names;

/** What the rows of a rebuilt table are filled with: one expression over the old row for each column that gets one. */
final class CopiedRows {

    private final TableState from;
    private final TableState to;
    private final DiffTerms terms;
    private final List<String> columns = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<DraftWarning> warnings = new ArrayList<>();

    CopiedRows(TableState from, TableState to, DiffTerms terms) {
        this.from = from;
        this.to = to;
        this.terms = terms;
        rowid();
        for (Column column : to.table().columns()) {
            if (!column.isGenerated()) {
                column(column);
            }
        }
        if (columns.isEmpty()) {
            something();
        }
    }

    /** Rows keep their rowid: other tables, such as a full-text index, may know them by it. */
    private void rowid() {
        Optional<String> source = from.rowid();
        Optional<String> target = to.rowid();
        if (source.isPresent() && target.isPresent() && to.rowidColumn().isEmpty()) {
            add(target.get(), source.get());
        }
    }

    private void column(Column column) {
        String backfill = terms.backfill(to.name(), column.name());
        Optional<Column> old = from.column(column.name());
        if (backfill != null) {
            add(column, backfill);
        } else if (old.isPresent()) {
            copied(old.get(), column);
        } else {
            added(column);
        }
    }

    private void copied(Column old, Column column) {
        String reference = Names.written(old.name());
        String value = AlterLimits.defaultOf(column);
        warnings.addAll(ValueFit.warnings(from, to, old, column, terms));
        if (!column.notNull() || old.notNull() || column.kind() == Column.Kind.ROWID) {
            add(column, reference);
        } else if (value != null) {
            add(column, "ifnull(" + reference + ", " + AlterLimits.expression(value) + ")");
            warn(Kind.VALUES, column, "rows in which it is NULL get its default.", reference + " IS NULL");
        } else if (terms.rollback() || old.keyPosition() > 0) {
            // SQLite permits NULL in most primary keys, and hardly anybody has one there
            add(column, reference);
            warn(
                    Kind.CONSTRAINT,
                    column,
                    "rows in which it is NULL by then make the migration fail.",
                    reference + " IS NULL");
        } else {
            missing.add(place(column));
        }
    }

    private void added(Column column) {
        if (column.kind() == Column.Kind.ROWID) {
            from.rowid().ifPresent(rowid -> add(column, rowid));
        } else if (AlterLimits.defaultOf(column) == null && column.notNull()) {
            if (terms.rollback()) {
                String stand = standIn(column);
                add(column, stand);
                warn(Kind.LOSS, column, "its values cannot be brought back: rows get " + stand + ".", null);
            } else {
                missing.add(place(column));
            }
        }
    }

    /** A value that says nothing, for a column whose values are gone. */
    private String standIn(Column column) {
        Optional<String> rowid = from.rowid();
        boolean unique = to.table().isUnique(List.of(column)) && rowid.isPresent();
        Affinity affinity = column.affinity();
        if (affinity == Affinity.TEXT) {
            return unique ? "CAST(" + rowid.get() + " AS TEXT)" : "''";
        }
        if (affinity == Affinity.BLOB) {
            return unique ? "CAST(" + rowid.get() + " AS BLOB)" : "x''";
        }
        return unique ? rowid.get() : affinity == Affinity.REAL ? "0.0" : "0";
    }

    /** Without any column the rows themselves would be lost. */
    private void something() {
        to.table().columns().stream()
                .filter(column -> !column.isGenerated())
                .findFirst()
                .ifPresent(column -> {
                    String value = AlterLimits.defaultOf(column);
                    add(column, value == null ? "NULL" : AlterLimits.expression(value));
                });
    }

    private void add(Column column, String expression) {
        add(Names.written(column.name()), expression);
    }

    private void add(String column, String expression) {
        columns.add(column);
        expressions.add(expression);
    }

    private void warn(Kind kind, Column column, String text, @Nullable String condition) {
        String find = condition == null || terms.rollback() ? null : ValueFit.find(from, column, condition, terms);
        warnings.add(new DraftWarning(kind, terms.rollback(), place(column), place(column) + ": " + text, find, -1));
    }

    private String place(Column column) {
        return to.name() + "." + column.name();
    }

    String statement(String target) {
        // a constraint that says ON CONFLICT IGNORE would leave rows out
        String insert = to.text().mentions("conflict") ? "INSERT OR ABORT INTO " : "INSERT INTO ";
        return insert + target + " (" + String.join(", ", columns) + ")\nSELECT " + String.join(", ", expressions)
                + "\nFROM " + Names.written(from.name());
    }

    /** Columns for which there is no value, as {@code table.column}. */
    List<String> missing() {
        return missing;
    }

    List<DraftWarning> warnings() {
        return warnings;
    }
}
