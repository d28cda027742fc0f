package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Traits;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.UniqueKey;

/** Builds what happens when a new row meets an existing one. */
final class ConflictRule {

    static final Write.Conflict IGNORE = new Write.Conflict(List.of(), Condition.ALWAYS, List.of(), Condition.ALWAYS);

    private final QueryState state;
    private final ColumnValues values;

    ConflictRule(QueryState state) {
        this.state = state;
        values = new ColumnValues(state);
    }

    /** The unique key of these columns, one that holds for every row if there is one. */
    UniqueKey target(List<String> names) {
        Set<Column> columns = new LinkedHashSet<>();
        names.forEach(name -> columns.addAll(values.columns(name)));
        List<UniqueKey> keys = state.model().table().uniqueKeys();
        return keys.stream()
                .filter(key -> Set.copyOf(key.columns()).equals(columns))
                .min((a, b) -> Boolean.compare(b.isTotal(), a.isTotal()))
                .orElseThrow(() -> Errors.invalidQuery("onConflictUpdate of \"" + state.table() + "\" by "
                        + String.join(", ", names) + ": that is no unique key. Unique keys: "
                        + (keys.isEmpty()
                                ? "none"
                                : keys.stream().map(ConflictRule::text).collect(Collectors.joining("; ")))
                        + "."));
    }

    private static String text(UniqueKey key) {
        return key.columns().stream().map(Column::name).collect(Collectors.joining(", "))
                + (key.isTotal() ? "" : " where " + key.predicate());
    }

    /** New values of the existing row: those that the new row was to get. */
    List<Write.Assignment> excluded(List<String> names) {
        List<Write.Assignment> set = new ArrayList<>();
        for (String name : names) {
            for (Column column : values.columns(name)) {
                set.add(new Write.Assignment(column, new Expression.Excluded(column)));
            }
        }
        return set;
    }

    /** New values of the existing row: constants and expressions. */
    List<Write.Assignment> given(Fields fields) {
        if (fields.asMap().isEmpty()) {
            throw Errors.invalidQuery("onConflictUpdate of \"" + state.table() + "\" needs a column to set.");
        }
        List<Write.Assignment> set = new ArrayList<>();
        values.of(fields, true).forEach((column, value) -> set.add(new Write.Assignment(column, value)));
        return set;
    }

    Write.Conflict update(UniqueKey target, List<Write.Assignment> set) {
        return new Write.Conflict(target.columns(), predicate(target), set, Condition.ALWAYS);
    }

    /** The predicate of a partial index, as the file has it. */
    static Condition predicate(UniqueKey target) {
        String predicate = target.predicate();
        return predicate == null
                ? Condition.ALWAYS
                : new Condition.Holds(new Expression.Raw(List.of(predicate), List.of()));
    }

    /** Changes only existing rows that fulfil a condition. */
    Write.Conflict where(Write.Conflict conflict, Q<?> condition) {
        Condition only = Names.of(state.database(), Position.root(state.model()), Map.of(), Map.of())
                .condition(condition.node());
        if (Traits.usesJoins(only)) {
            throw Errors.invalidQuery("where(..) of onConflictUpdate on \"" + state.table()
                    + "\" can read only the columns of the existing row, and related rows by Q.any or Q.exists.");
        }
        return new Write.Conflict(
                conflict.target(), conflict.where(), conflict.set(), Condition.all(List.of(conflict.only(), only)));
    }
}
