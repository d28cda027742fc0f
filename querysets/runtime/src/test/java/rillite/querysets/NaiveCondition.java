package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.NaiveShop.Record;
import rillite.querysets.schema.Relation;

/** A condition that is evaluated row by row, with NULL as the third truth value, straight from the rules in words. */
sealed interface NaiveCondition {

    Q<Object> q();

    /** True, false, or null where SQL knows neither. */
    @Nullable Boolean holds(NaiveShop shop, Record root, Record row);

    /** A column at the end of a path of relations, or the row there itself when the column is null. */
    record Leaf(
            List<Relation> path,
            @Nullable String column,
            String lookup,
            @Nullable Object value) implements NaiveCondition {

        @Override
        public Q<Object> q() {
            List<String> parts = new ArrayList<>();
            path.forEach(relation -> parts.add(relation.name()));
            if (column != null) {
                parts.add(column);
            }
            if (!lookup.equals("exact")) {
                parts.add(lookup);
            }
            return Q.of(String.join("__", parts), value instanceof Own own ? F.of(own.column) : value);
        }

        Leaf behind(int relations) {
            return new Leaf(path.subList(relations, path.size()), column, lookup, value);
        }

        @Override
        public @Nullable Boolean holds(NaiveShop shop, Record root, Record row) {
            List<Relation> many = firstMany(this);
            if (many != null) {
                return group(shop, root, row, many, List.of(this));
            }
            Record here = row;
            for (Relation relation : path) {
                List<Record> next = here == null ? List.of() : shop.related(here, relation);
                here = next.isEmpty() ? null : next.get(0);
            }
            Object left = here == null ? null : here.get(column == null ? "id" : column);
            return NaiveLookups.holds(lookup, left, value instanceof Own own ? root.get(own.column) : value);
        }

        @Override
        public String toString() {
            return q() + " " + value;
        }
    }

    /** The value of a column of the row that the whole query is about. */
    record Own(String column) {}

    record All(List<NaiveCondition> parts) implements NaiveCondition {
        @Override
        public Q<Object> q() {
            return joined(parts, Q::and);
        }

        @Override
        public @Nullable Boolean holds(NaiveShop shop, Record root, Record row) {
            Boolean all = true;
            Map<List<Relation>, List<NaiveCondition>> groups = new LinkedHashMap<>();
            for (NaiveCondition part : flat(parts)) {
                List<Relation> many = firstMany(part);
                if (many == null) {
                    all = and(all, part.holds(shop, root, row));
                } else {
                    groups.computeIfAbsent(many, key -> new ArrayList<>()).add(part);
                }
            }
            for (Map.Entry<List<Relation>, List<NaiveCondition>> group : groups.entrySet()) {
                List<NaiveCondition> parts = group.getValue();
                all = and(
                        all,
                        parts.size() == 1
                                ? parts.get(0).holds(shop, root, row)
                                : group(shop, root, row, group.getKey(), parts));
            }
            return all;
        }
    }

    record Any(List<NaiveCondition> parts) implements NaiveCondition {
        @Override
        public Q<Object> q() {
            return joined(parts, Q::or);
        }

        @Override
        public @Nullable Boolean holds(NaiveShop shop, Record root, Record row) {
            Boolean any = false;
            for (NaiveCondition part : parts) {
                Boolean holds = part.holds(shop, root, row);
                any = Boolean.TRUE.equals(any) || Boolean.TRUE.equals(holds)
                        ? Boolean.TRUE
                        : any == null || holds == null ? null : Boolean.FALSE;
            }
            return any;
        }
    }

    record Odd(List<NaiveCondition> parts) implements NaiveCondition {
        @Override
        public Q<Object> q() {
            return joined(parts, Q::xor);
        }

        @Override
        public Boolean holds(NaiveShop shop, Record root, Record row) {
            return parts.stream()
                                    .filter(part -> Boolean.TRUE.equals(part.holds(shop, root, row)))
                                    .count()
                            % 2
                    == 1;
        }
    }

    record Not(NaiveCondition operand) implements NaiveCondition {
        @Override
        public Q<Object> q() {
            return operand.q().not();
        }

        @Override
        public Boolean holds(NaiveShop shop, Record root, Record row) {
            return !Boolean.TRUE.equals(operand.holds(shop, root, row));
        }
    }

    private static Q<Object> joined(List<NaiveCondition> parts, java.util.function.BinaryOperator<Q<Object>> operator) {
        return parts.stream().map(NaiveCondition::q).reduce(operator).orElseThrow();
    }

    private static @Nullable Boolean and(@Nullable Boolean a, @Nullable Boolean b) {
        if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
            return false;
        }
        return a == null || b == null ? null : Boolean.TRUE;
    }

    private static List<NaiveCondition> flat(List<NaiveCondition> parts) {
        List<NaiveCondition> flat = new ArrayList<>();
        for (NaiveCondition part : parts) {
            if (part instanceof All all) {
                flat.addAll(flat(all.parts()));
            } else {
                flat.add(part);
            }
        }
        return flat;
    }

    /** The relations up to the first with several rows, if everything in the condition goes through them; else null. */
    private static @Nullable List<Relation> firstMany(NaiveCondition condition) {
        if (condition instanceof Leaf leaf) {
            for (int i = 0; i < leaf.path().size(); i++) {
                if (leaf.path().get(i).kind().isMany()) {
                    return leaf.path().subList(0, i + 1);
                }
            }
            return null;
        }
        List<NaiveCondition> parts =
                condition instanceof Any any ? any.parts() : condition instanceof All all ? all.parts() : List.of();
        List<Relation> common = null;
        for (NaiveCondition part : parts) {
            List<Relation> many = firstMany(part);
            if (many == null || common != null && !common.equals(many)) {
                return null;
            }
            common = many;
        }
        return common;
    }

    /** Conditions of one conjunction on one relation with several rows: one related row fulfils them all. */
    private static Boolean group(
            NaiveShop shop, Record root, Record row, List<Relation> path, List<NaiveCondition> parts) {
        List<Record> rows = new ArrayList<>();
        rows.add(row);
        for (Relation relation : path) {
            List<Record> next = new ArrayList<>();
            rows.forEach(one -> next.addAll(shop.related(one, relation)));
            rows = next;
        }
        boolean onlyNull = parts.stream().allMatch(part -> asksNull(part, true));
        if (parts.stream().anyMatch(part -> asksNull(part, true) && isWhole(part, path))) {
            return onlyNull && rows.isEmpty();
        }
        List<NaiveCondition> inner = parts.stream()
                .filter(part -> !(asksNull(part, false) && isWhole(part, path)))
                .map(part -> behind(part, path.size()))
                .toList();
        All all = new All(inner);
        boolean some = rows.stream().anyMatch(one -> Boolean.TRUE.equals(all.holds(shop, root, one)));
        return some || onlyNull && rows.isEmpty();
    }

    private static boolean asksNull(NaiveCondition part, boolean wanted) {
        return part instanceof Leaf leaf && leaf.lookup().equals("isnull") && Objects.equals(leaf.value(), wanted);
    }

    private static boolean isWhole(NaiveCondition part, List<Relation> path) {
        return part instanceof Leaf leaf && leaf.column() == null && leaf.path().size() == path.size();
    }

    private static NaiveCondition behind(NaiveCondition condition, int relations) {
        if (condition instanceof Leaf leaf) {
            return leaf.behind(relations);
        }
        if (condition instanceof Any any) {
            return new Any(
                    any.parts().stream().map(part -> behind(part, relations)).toList());
        }
        return new All(((All) condition)
                .parts().stream().map(part -> behind(part, relations)).toList());
    }
}
