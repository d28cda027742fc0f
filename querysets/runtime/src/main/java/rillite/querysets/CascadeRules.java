package rillite.querysets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.ForeignKey.Action;
import rillite.querysets.schema.Relation;

/** What happens to the rows that reference a deleted one, for all tables of a schema. */
final class CascadeRules {

    private final Map<TableModel, List<Rule>> byParent = new HashMap<>();
    private final Map<TableModel, List<Rule>> byChild = new HashMap<>();
    /** Names of parents by chosen foreign keys, also of those that went away. */
    private final Map<String, String> chosenParents = new HashMap<>();
    /** Chosen foreign keys that went away, by the names of their parents. */
    private final Map<String, String> gone = new HashMap<>();

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
     * Reads the rules of a schema. A chosen rule whose foreign key went away since an earlier reading is kept for the case
     * that it comes back; until then nobody knows what a delete of its parent should do, unless its table went away too.
     *
     * @param chosen rules by {@link ForeignKey#key()} that stand for those of the file
     * @param earlier the rules of the reading before, null for the first one
     * @throws IllegalArgumentException a rule is chosen for a foreign key that never existed
     */
    CascadeRules(Iterable<TableModel> models, Map<String, Action> chosen, @Nullable CascadeRules earlier) {
        if (earlier != null) {
            chosenParents.putAll(earlier.chosenParents);
        }
        Set<String> known = new TreeSet<>();
        Set<String> tables = new HashSet<>();
        for (TableModel model : models) {
            tables.add(rillite.querysets.schema.Names.fold(model.name()));
            for (Relation relation : model.relations()) {
                if (relation.kind() == Relation.Kind.TO_ONE) {
                    Action action = chosen.isEmpty() ? null : chosen(model, relation, chosen, known);
                    add(model, relation, action == null ? relation.foreignKey().onDelete() : action);
                }
            }
        }
        for (String key : chosen.keySet()) {
            String parent = chosenParents.get(key);
            if (parent == null) {
                throw new IllegalArgumentException("Cannot choose what a delete does by \"" + key
                        + "\": there is no such foreign key with both ends in the file. Known: " + known);
            }
            if (!known.contains(key) && tables.stream().anyMatch(table -> key.startsWith(table + "."))) {
                gone.put(parent, key);
            }
        }
    }

    private @Nullable Action chosen(TableModel model, Relation relation, Map<String, Action> rules, Set<String> known) {
        String key = relation.foreignKey().key();
        known.add(key);
        Action action = rules.get(key);
        if (action != null) {
            chosenParents.put(key, model.target(relation).name());
        }
        return action;
    }

    private void add(TableModel child, Relation relation, Action action) {
        TableModel parent = child.target(relation);
        Rule rule = new Rule(child, relation.from(), parent, relation.to(), action, relation.foreignKey());
        byParent.computeIfAbsent(parent, none -> new ArrayList<>()).add(rule);
        byChild.computeIfAbsent(child, none -> new ArrayList<>()).add(rule);
    }

    /**
     * The rules of all foreign keys that lead to a table.
     *
     * @throws InvalidQueryException one of them was chosen for a foreign key that went away
     */
    List<Rule> leadingTo(TableModel parent) {
        String lost = gone.get(parent.name());
        if (lost != null) {
            throw Errors.ruleWithoutKey(parent.name(), lost);
        }
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
