package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.DraftWarning.Kind;
import rillite.querysets.schema.Affinity;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Names;

/** What becomes of values when the type of their column changes. */
final class ValueFit {

    private ValueFit() {}

    static List<DraftWarning> warnings(TableState from, TableState to, Column old, Column column, DiffTerms terms) {
        List<DraftWarning> warnings = new ArrayList<>();
        String place = to.name() + "." + column.name();
        String reference = Names.written(old.name());
        boolean typed = to.table().strict() && !isAny(column);
        boolean sameType = from.table().strict() && old.declaredType().equalsIgnoreCase(column.declaredType());
        if (typed && !sameType) {
            String condition = misfit(column, reference);
            warnings.add(new DraftWarning(
                    Kind.VALUES,
                    terms.rollback(),
                    place,
                    place + ": a value that is no " + column.declaredType().toUpperCase(Locale.ROOT)
                            + " makes the migration fail, because the table is STRICT.",
                    terms.rollback() ? null : find(from, old, condition, terms),
                    -1));
        } else if (converts(old.affinity(), column.affinity())) {
            warnings.add(DraftWarning.of(
                    Kind.VALUES, terms.rollback(), place, place + ": " + conversion(column.affinity())));
        }
        if (!column.collation().equals(old.collation())
                && to.table().uniqueKeys().stream()
                        .anyMatch(key -> key.columns().contains(column))) {
            warnings.add(DraftWarning.of(
                    Kind.CONSTRAINT,
                    terms.rollback(),
                    place,
                    place + ": texts that are different now and equal under " + column.collation()
                            + " make the migration fail, because it is unique."));
        }
        return warnings;
    }

    private static boolean isAny(Column column) {
        return column.declaredType().equalsIgnoreCase("ANY");
    }

    private static boolean converts(Affinity old, Affinity affinity) {
        return old != affinity && affinity != Affinity.BLOB && !(isNumber(old) && affinity == Affinity.NUMERIC);
    }

    private static boolean isNumber(Affinity affinity) {
        return affinity == Affinity.INTEGER || affinity == Affinity.REAL;
    }

    private static String conversion(Affinity affinity) {
        return switch (affinity) {
            case TEXT -> "numbers become texts, so that they sort and compare as texts.";
            case REAL ->
                "integers become floating-point numbers, exact up to 15 digits, and texts that look like numbers"
                        + " become numbers.";
            default -> "texts that look like numbers become numbers: '007' becomes 7. Other texts stay texts.";
        };
    }

    /** A condition that holds for all values that a STRICT column refuses, and for few others. */
    private static String misfit(Column column, String x) {
        return switch (column.declaredType().toUpperCase(Locale.ROOT)) {
            case "INT", "INTEGER" ->
                "typeof(" + x + ") = 'blob' OR typeof(" + x + ") = 'real' AND CAST(" + x
                        + " AS INTEGER) <> " + x + " OR typeof(" + x + ") = 'text' AND CAST(CAST(" + x
                        + " AS INTEGER) AS TEXT) <> " + x;
            case "REAL" ->
                "typeof(" + x + ") = 'blob' OR typeof(" + x + ") = 'text' AND (" + x + " GLOB '*[^0-9.eE+-]*' OR " + x
                        + " = '')";
            case "TEXT" -> "typeof(" + x + ") = 'blob'";
            default -> "typeof(" + x + ") NOT IN ('blob', 'null')";
        };
    }

    /** A query for rows of the database as it is now; null when the condition cannot be said in its names. */
    static @Nullable String find(TableState from, Column column, String condition, DiffTerms terms) {
        String now = terms.renames().columnBefore(from.name(), column.name());
        if (!now.equals(column.name())) {
            return null;
        }
        return "SELECT * FROM " + Names.written(terms.renames().tableBefore(from.name())) + " WHERE " + condition;
    }
}
