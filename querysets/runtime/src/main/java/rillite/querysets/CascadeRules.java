package rillite.querysets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.ForeignKey.Action;
import rillite.querysets.schema.Relation;

/** What happens to the rows that reference a deleted one, for all tables of a schema. */
final class CascadeRules {

    private final Map<TableModel, List<Rule>> byParent = new HashMap<>();
    private final Map<TableModel, List<Rule>> byChild = new HashMap<>();

    /**
     * The rule of one foreign key.
     *
     * @param columns of the child, which hold the values of {@code parentColumns}
     */
    record Rule(
            TableModel child,
            List<Column> columns,
            TableModel parent,
            List<Column> parentColumns,
            Action action,
            ForeignKey foreignKey) {

        /** Whether it forbids to delete the parent. */
        boolean protects() {
            return action == Action.RESTRICT || action == Action.NO_ACTION;
        }
    }

    /**
     * Reads the rules of a schema.
     *
     * @param chosen rules by {@code table.column} that stand for those of the file
     * @throws IllegalArgumentException a rule is chosen for a foreign key that does not exist
     */
    CascadeRules(Iterable<TableModel> models, Map<String, Action> chosen) {
        Map<String, Action> folded = new HashMap<>();
        chosen.forEach((key, action) -> folded.put(key.toLowerCase(Locale.ROOT), action));
        Set<String> known = new HashSet<>();
        for (TableModel model : models) {
            for (Relation relation : model.relations()) {
                if (relation.kind() == Relation.Kind.TO_ONE) {
                    String key = nameOf(relation.foreignKey());
                    known.add(key);
                    add(
                            model,
                            relation,
                            folded.getOrDefault(key, relation.foreignKey().onDelete()));
                }
            }
        }
        for (String key : folded.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("Cannot choose what a delete does by \"" + key
                        + "\": there is no such foreign key with both ends in the file. Known: "
                        + known.stream().sorted().toList());
            }
        }
    }

    private static String nameOf(ForeignKey key) {
        return (key.table() + "." + String.join(",", key.columns())).toLowerCase(Locale.ROOT);
    }

    private void add(TableModel child, Relation relation, Action action) {
        TableModel parent = child.target(relation);
        Rule rule = new Rule(child, relation.from(), parent, relation.to(), action, relation.foreignKey());
        byParent.computeIfAbsent(parent, none -> new ArrayList<>()).add(rule);
        byChild.computeIfAbsent(child, none -> new ArrayList<>()).add(rule);
    }

    /** The rules of all foreign keys that lead to a table. */
    List<Rule> leadingTo(TableModel parent) {
        return byParent.getOrDefault(parent, List.of());
    }

    /** The rules of the foreign keys of a table. */
    List<Rule> of(TableModel child) {
        return byChild.getOrDefault(child, List.of());
    }

    /** Whether rows of a table can be deleted by a foreign key alone, because nothing depends on them. */
    boolean isLeaf(TableModel table) {
        return leadingTo(table).isEmpty();
    }
}
