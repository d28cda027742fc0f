package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Derives the relations between the tables of a schema from their foreign keys, and names them. */
final class RelationGraph {

    private final Map<String, Table> tables;
    private final RelationNames chosen;
    private final List<String> notes = new ArrayList<>();
    private final List<Draft> forward = new ArrayList<>();
    private final List<Draft> reverse = new ArrayList<>();
    private final List<Draft> single = new ArrayList<>();
    private final List<Draft> linked = new ArrayList<>();
    private final Map<String, Set<String>> taken = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, List<Relation>> relations = new LinkedHashMap<>();

    /** Derives everything. Tables are given by folded name. */
    RelationGraph(Map<String, Table> tables, RelationNames chosen) {
        this.tables = tables;
        this.chosen = chosen;
        tables.values().forEach(this::draft);
        requireAllUsed();
        List<Draft> all = new ArrayList<>(forward);
        all.addAll(reverse);
        all.addAll(single);
        all.addAll(linked);
        all.stream().filter(draft -> !draft.chosen.isEmpty()).forEach(this::fix);
        all.stream().filter(draft -> draft.chosen.isEmpty()).forEach(this::name);
        for (Draft draft : all) {
            relations
                    .computeIfAbsent(draft.owner.name(), owner -> new ArrayList<>())
                    .add(draft.relation());
        }
        relations.replaceAll((owner, list) -> List.copyOf(list));
    }

    /** By name of the owner: forward, to-many, one-to-one, many-to-many. */
    Map<String, List<Relation>> relations() {
        return relations;
    }

    List<String> notes() {
        return notes;
    }

    private void draft(Table table) {
        List<Edge> edges = Edge.of(table, tables, notes);
        edges.forEach(this::draft);
        if (Edge.areLink(table, edges)) {
            Draft there = linked(edges.get(0), edges.get(1));
            Draft back = linked(edges.get(1), edges.get(0));
            there.pairWith(back);
        }
    }

    private void draft(Edge edge) {
        RelationNames.Pair names = chosen.pair(edge.key());
        String toOne = edge.toOne();
        Draft there = new Draft(
                edge.child(), Relation.Kind.TO_ONE, edge.parent(), edge.columns(), edge.parentColumns(), edge);
        there.optional = edge.isNullable();
        there.wants(names == null ? null : names.toOne(), toOne, toOne + "_ref");
        forward.add(there);
        boolean one = edge.isUnique();
        Draft back = new Draft(
                edge.parent(),
                one ? Relation.Kind.ONE_TO_ONE : Relation.Kind.TO_MANY,
                edge.child(),
                edge.parentColumns(),
                edge.columns(),
                edge);
        String plain = one
                ? RelationNaming.singular(edge.child().name())
                : RelationNaming.toMany(edge.child(), edge.parent(), toOne);
        back.wants(names == null ? null : names.reverse(), plain, RelationNaming.as(plain, toOne));
        (one ? single : reverse).add(back);
        there.pairWith(back);
    }

    private Draft linked(Edge toOwner, Edge toTarget) {
        Draft draft = new Draft(
                toOwner.parent(),
                Relation.Kind.MANY_TO_MANY,
                toTarget.parent(),
                toOwner.parentColumns(),
                toOwner.columns(),
                toTarget);
        draft.link = new Relation.Link(toTarget.child(), toTarget.columns(), toTarget.parentColumns());
        boolean self = toOwner.parent().equals(toTarget.parent());
        String plain = RelationNaming.plural(
                self ? toTarget.toOne() : toTarget.parent().name());
        draft.wants(
                chosen.throughLink(toTarget.key()),
                plain,
                plain + "_via_" + toTarget.child().name());
        linked.add(draft);
        return draft;
    }

    private void requireAllUsed() {
        if (chosen.pairs().isEmpty() && chosen.throughLinks().isEmpty()) {
            return;
        }
        Set<String> known = new TreeSet<>();
        forward.forEach(draft -> known.add(draft.edge.key().key()));
        Set<String> linking = new TreeSet<>();
        linked.forEach(draft -> linking.add(draft.edge.key().key()));
        require(known, chosen.pairs().keySet(), "foreign key");
        require(linking, chosen.throughLinks().keySet(), "foreign key of a link table");
    }

    private void require(Set<String> known, Set<String> named, String what) {
        for (String key : named) {
            if (!known.contains(key)) {
                String table = key.substring(0, key.lastIndexOf('.') + 1);
                List<String> near =
                        known.stream().filter(one -> one.startsWith(table)).toList();
                refuse("Cannot name a relation of \"" + key + "\": there is no such " + what
                        + " with both ends in the file. Known: " + (near.isEmpty() ? known : near));
            }
        }
    }

    private void fix(Draft draft) {
        if (!take(draft, draft.chosen)) {
            refuse("Cannot name a relation of " + draft.owner.name() + " \"" + draft.chosen
                    + "\": a column or another relation has this name.");
            name(draft);
        }
    }

    private void refuse(String why) {
        if (!chosen.isForgiving()) {
            throw new IllegalArgumentException(why);
        }
        notes.add(why);
    }

    private void name(Draft draft) {
        if (take(draft, draft.plain)) {
            return;
        }
        boolean column = isColumn(draft.owner, draft.plain);
        String next = column ? draft.plain + (draft.kind.isMany() ? "_set" : "_ref") : draft.qualified;
        while (!take(draft, next)) {
            int number = numbers.merge(draft.owner.name() + "." + draft.qualified, 1, Integer::sum) + 1;
            next = draft.qualified + "_" + number;
        }
        notes.add(draft.owner.name() + "." + draft.name + ", from " + draft.edge.key() + ": \"" + draft.plain
                + "\" is already a " + (column ? "column" : "relation") + ".");
    }

    private boolean take(Draft draft, String name) {
        Set<String> names = taken.computeIfAbsent(draft.owner.name(), owner -> {
            Set<String> columns = new HashSet<>(Set.of("pk"));
            draft.owner.columns().forEach(column -> columns.add(RelationNaming.squashed(column.name())));
            return columns;
        });
        if (!names.add(RelationNaming.squashed(name))) {
            return false;
        }
        draft.name = name;
        return true;
    }

    private static boolean isColumn(Table owner, String name) {
        String squashed = RelationNaming.squashed(name);
        return squashed.equals("pk")
                || owner.columns().stream()
                        .anyMatch(
                                column -> RelationNaming.squashed(column.name()).equals(squashed));
    }

    /** A relation whose name, and that of its inverse, are not settled. */
    private static final class Draft {

        private final Table owner;
        private final Relation.Kind kind;
        private final Table target;
        private final List<Column> from;
        private final List<Column> to;
        private final Edge edge;
        private Relation.@Nullable Link link;
        private boolean optional = true;
        private String chosen = "";
        private String plain = "";
        private String qualified = "";
        private String name = "";
        private Draft inverse = this;

        Draft(Table owner, Relation.Kind kind, Table target, List<Column> from, List<Column> to, Edge edge) {
            this.owner = owner;
            this.kind = kind;
            this.target = target;
            this.from = from;
            this.to = to;
            this.edge = edge;
        }

        /** The chosen name if there is one, else the plain one, else, when another relation has it, the qualified one. */
        void wants(@Nullable String chosenName, String plainName, String qualifiedName) {
            chosen = chosenName == null ? "" : chosenName;
            plain = plainName;
            qualified = qualifiedName;
        }

        void pairWith(Draft other) {
            inverse = other;
            other.inverse = this;
        }

        Relation relation() {
            return new Relation(name, kind, owner, target, from, to, link, optional, inverse.name, edge.key());
        }
    }
}
