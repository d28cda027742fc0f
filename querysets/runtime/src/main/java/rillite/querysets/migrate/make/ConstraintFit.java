package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import rillite.querysets.migrate.make.DraftWarning.Kind;
import rillite.querysets.schema.Check;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.CreateText;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Names;
import rillite.querysets.schema.UniqueKey;

/** Constraints that are new, and what rows that exist already may have against them. */
final class ConstraintFit {

    private ConstraintFit() {}

    static List<DraftWarning> warnings(TableState from, TableState to, DiffTerms terms) {
        List<DraftWarning> warnings = new ArrayList<>();
        for (UniqueKey key : to.table().uniqueKeys()) {
            if (from.table().uniqueKeys().stream().noneMatch(old -> names(old).equals(names(key)))) {
                unique(from, to, key, terms, warnings);
            }
        }
        List<List<String>> known = from.table().declaration().checks().stream()
                .map(ConstraintFit::words)
                .toList();
        for (Check check : to.table().declaration().checks()) {
            if (!known.contains(words(check))) {
                warn(
                        warnings,
                        to,
                        terms,
                        "rows that do not fulfil CHECK (" + check.sql() + ") make the migration fail.");
            }
        }
        List<String> keys = from.table().foreignKeys().stream()
                .map(ForeignKey::toString)
                .map(Names::fold)
                .toList();
        for (ForeignKey key : to.table().foreignKeys()) {
            if (!keys.contains(Names.fold(key.toString()))) {
                warn(warnings, to, terms, "rows whose parent does not exist make the migration fail: " + key + ".");
            }
        }
        return warnings;
    }

    private static List<String> words(Check check) {
        return CreateText.words(check.sql());
    }

    private static List<String> names(UniqueKey key) {
        return key.columns().stream().map(Column::name).map(Names::fold).toList();
    }

    private static void unique(
            TableState from, TableState to, UniqueKey key, DiffTerms terms, List<DraftWarning> warnings) {
        boolean allOld = key.columns().stream()
                .allMatch(column -> from.column(column.name()).isPresent());
        boolean sameNames = allOld
                && key.columns().stream()
                        .allMatch(column -> terms.renames()
                                .columnBefore(from.name(), column.name())
                                .equals(column.name()));
        if (!allOld || !key.isTotal()) {
            return;
        }
        String columns =
                key.columns().stream().map(Column::name).map(Names::written).collect(Collectors.joining(", "));
        String present = key.columns().stream()
                .map(column -> Names.written(column.name()) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String find = terms.rollback() || !sameNames
                ? null
                : "SELECT " + columns + " FROM " + Names.written(terms.renames().tableBefore(from.name())) + " WHERE "
                        + present + " GROUP BY " + columns + " HAVING count(*) > 1";
        warnings.add(new DraftWarning(
                Kind.CONSTRAINT,
                terms.rollback(),
                to.name(),
                to.name() + ": values of (" + columns
                        + ") that occur twice make the migration fail, because they become unique.",
                find,
                -1));
    }

    private static void warn(List<DraftWarning> warnings, TableState to, DiffTerms terms, String text) {
        warnings.add(DraftWarning.of(Kind.CONSTRAINT, terms.rollback(), to.name(), to.name() + ": " + text));
    }
}
