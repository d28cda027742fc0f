package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.DraftWarning.Kind;
import rillite.querysets.schema.Check;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.CreateText;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Names;
import rillite.querysets.schema.UniqueKey;

/** Constraints that are new, and what rows that exist already may have against them. */
final class ConstraintFit {

    private final TableState from;
    private final TableState to;
    private final DiffTerms terms;
    private final List<DraftWarning> warnings = new ArrayList<>();

    private ConstraintFit(TableState from, TableState to, DiffTerms terms) {
        this.from = from;
        this.to = to;
        this.terms = terms;
    }

    static List<DraftWarning> warnings(TableState from, TableState to, DiffTerms terms) {
        ConstraintFit fit = new ConstraintFit(from, to, terms);
        List<List<String>> uniqueBefore =
                from.table().uniqueKeys().stream().map(ConstraintFit::names).toList();
        to.table().uniqueKeys().stream()
                .filter(key -> key.isTotal() && !uniqueBefore.contains(names(key)))
                .forEach(fit::unique);
        List<List<String>> checksBefore = from.table().declaration().checks().stream()
                .map(ConstraintFit::words)
                .toList();
        to.table().declaration().checks().stream()
                .filter(check -> !checksBefore.contains(words(check)))
                .forEach(fit::check);
        List<String> keysBefore =
                from.table().foreignKeys().stream().map(ConstraintFit::folded).toList();
        to.table().foreignKeys().stream()
                .filter(key -> !keysBefore.contains(folded(key)))
                .forEach(fit::reference);
        return fit.warnings;
    }

    private static List<String> words(Check check) {
        return CreateText.words(check.sql());
    }

    private static List<String> names(UniqueKey key) {
        return key.columns().stream().map(Column::name).map(Names::fold).toList();
    }

    private static String folded(ForeignKey key) {
        return Names.fold(key.toString());
    }

    private void unique(UniqueKey key) {
        List<String> names = key.columns().stream().map(Column::name).toList();
        if (!names.stream().anyMatch(this::hasValues)) {
            return;
        }
        String columns = names.stream().map(Names::written).collect(Collectors.joining(", "));
        warn(
                "values of (" + columns + ") that occur twice make the migration fail, because they become unique.",
                names,
                "SELECT " + columns + " FROM " + table() + " WHERE " + present(names) + " GROUP BY " + columns
                        + " HAVING count(*) > 1");
    }

    private void check(Check check) {
        List<String> words = words(check);
        List<String> names = to.table().columns().stream()
                .map(Column::name)
                .filter(name -> CreateText.mentions(words, name))
                .toList();
        if (names.stream().anyMatch(this::hasValues)) {
            warn(
                    "rows that do not fulfil CHECK (" + check.sql() + ") make the migration fail.",
                    names,
                    "SELECT * FROM " + table() + " WHERE NOT (" + check.sql() + "\n)");
        }
    }

    private void reference(ForeignKey key) {
        if (key.columns().stream().allMatch(this::hasValues)) {
            String parent = Names.written(key.parentTable());
            List<String> pairs = new ArrayList<>();
            for (int i = 0;
                    i < Math.min(key.columns().size(), key.parentColumns().size());
                    i++) {
                pairs.add("p." + Names.written(key.parentColumns().get(i)) + " = c."
                        + Names.written(key.columns().get(i)));
            }
            boolean isThere = terms.renames().isUntouched()
                    && pairs.size() == key.columns().size();
            warn(
                    "rows whose parent does not exist make the migration fail: " + key + ".",
                    key.columns(),
                    isThere && terms.present().find(SchemaObject.Kind.TABLE, key.parentTable()) != null
                            ? "SELECT c.* FROM " + table() + " AS c WHERE " + present(key.columns())
                                    + " AND NOT EXISTS (SELECT 1 FROM " + parent + " AS p WHERE "
                                    + String.join(" AND ", pairs) + ")"
                            : null);
        }
    }

    /** Whether rows that exist already have something else than NULL there. */
    private boolean hasValues(String name) {
        return from.column(name).isPresent()
                || terms.backfill(to.name(), name) != null
                || to.column(name)
                        .filter(column -> column.isGenerated() || AlterLimits.defaultOf(column) != null)
                        .isPresent();
    }

    private String table() {
        return Names.written(terms.renames().tableBefore(from.name()));
    }

    private static String present(List<String> names) {
        return names.stream().map(name -> Names.written(name) + " IS NOT NULL").collect(Collectors.joining(" AND "));
    }

    /** The query is told only where it names nothing that is new or has another name now. */
    private void warn(String text, List<String> names, @Nullable String find) {
        boolean known = names.stream()
                .allMatch(name -> from.column(name).isPresent()
                        && terms.renames().columnBefore(from.name(), name).equals(name));
        warnings.add(new DraftWarning(
                Kind.CONSTRAINT,
                terms.rollback(),
                to.name(),
                to.name() + ": " + text,
                known && !terms.rollback() ? find : null,
                -1));
    }
}
