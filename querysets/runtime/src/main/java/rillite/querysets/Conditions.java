package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Select;
import rillite.querysets.schema.ColumnType;

/**
 * Turns what a condition says into what SQL asks.
 *
 * <p>Conditions on several related rows become EXISTS, so that no row repeats. Parts of one conjunction that speak only
 * of one such relation speak of the same related row.
 */
final class Conditions {

    private final Names names;
    private final boolean certain;

    Conditions(Names names) {
        this(names, false);
    }

    /**
     * Creates a builder.
     *
     * @param certain whether every row must fulfil the condition, so that it may narrow what is read
     */
    Conditions(Names names, boolean certain) {
        this.names = names;
        this.certain = certain;
    }

    /** The same, for a part that a row need not fulfil. */
    private Conditions uncertain() {
        return certain ? new Conditions(names) : this;
    }

    Condition of(Q.Node node) {
        if (node instanceof Q.Leaf leaf) {
            Reached reached = names.reach(leaf.pair().path());
            return reached instanceof Reached.Many many ? group(many, List.of(node)) : leaf(leaf.pair(), reached);
        }
        if (node instanceof Q.All all) {
            return all(all.parts());
        }
        if (node instanceof Q.Any any) {
            return Condition.any(uncertain().each(any.parts()));
        }
        if (node instanceof Q.Odd odd) {
            return Condition.odd(uncertain().each(odd.parts()));
        }
        if (node instanceof Q.Negation negation) {
            return Condition.not(uncertain().of(negation.operand()));
        }
        if (node instanceof Q.Compared compared) {
            Operand left = names.operand(compared.left());
            return new Lookups(names, left, compared.lookup()).build(null, compared.value());
        }
        if (node instanceof Q.Related related) {
            return related(related);
        }
        return ((Q.Found) node).query().foundIn(names);
    }

    private List<Condition> each(List<Q.Node> parts) {
        List<Condition> conditions = new ArrayList<>(parts.size());
        for (Q.Node part : parts) {
            conditions.add(of(part));
        }
        return conditions;
    }

    /** Parts of one conjunction; those on one relation with several rows share one EXISTS at the place of the first. */
    private Condition all(List<Q.Node> parts) {
        List<Object> places = new ArrayList<>();
        Map<Reached.Many, List<Q.Node>> groups = new LinkedHashMap<>();
        for (Q.Node part : flat(parts)) {
            Reached.Many many = onlyRelation(part);
            if (many == null) {
                places.add(of(part));
            } else {
                List<Q.Node> group = groups.get(many);
                if (group == null) {
                    group = new ArrayList<>();
                    groups.put(many, group);
                    places.add(many);
                }
                group.add(part);
            }
        }
        List<Condition> conditions = new ArrayList<>();
        for (Object place : places) {
            if (place instanceof Reached.Many many) {
                List<Q.Node> group = java.util.Objects.requireNonNull(groups.get(many));
                // The arms of a choice that stands alone may speak of different rows, or of none.
                conditions.add(group.size() == 1 ? of(group.get(0)) : group(many, group));
            } else {
                conditions.add((Condition) place);
            }
        }
        return Condition.all(conditions);
    }

    private static List<Q.Node> flat(List<Q.Node> parts) {
        List<Q.Node> flat = new ArrayList<>();
        for (Q.Node part : parts) {
            if (part instanceof Q.All all) {
                flat.addAll(flat(all.parts()));
            } else {
                flat.add(part);
            }
        }
        return flat;
    }

    /** The one relation with several rows that all names of a node go through; null when there is no such one. */
    private Reached.@Nullable Many onlyRelation(Q.Node node) {
        if (node instanceof Q.Leaf leaf) {
            return names.reach(leaf.pair().path()) instanceof Reached.Many many ? many : null;
        }
        List<Q.Node> parts =
                node instanceof Q.Any any ? any.parts() : node instanceof Q.All all ? all.parts() : List.of();
        Reached.Many common = null;
        for (Q.Node part : parts) {
            Reached.Many many = onlyRelation(part);
            if (many == null || common != null && !common.equals(many)) {
                return null;
            }
            common = many;
        }
        return common;
    }

    private Condition group(Reached.Many many, List<Q.Node> parts) {
        List<Q.Node> inner = new ArrayList<>();
        boolean onlyNull = true;
        boolean saysAbsent = false;
        for (Q.Node part : parts) {
            Pair pair = part instanceof Q.Leaf leaf ? leaf.pair() : null;
            Boolean asksNull = pair == null ? null : asksNull(pair);
            onlyNull &= Boolean.TRUE.equals(asksNull);
            if (pair != null && asksNull != null && pair.path().size() == many.next() + 1) {
                saysAbsent |= asksNull;
            } else {
                inner.add(stripped(part, many.next()));
            }
        }
        if (saysAbsent) {
            // No row at all; a further condition on such a row contradicts it.
            return onlyNull ? Condition.not(exists(many, within -> Condition.ALWAYS)) : Condition.NEVER;
        }
        Condition some = exists(many, within -> new Conditions(within).all(inner));
        // A column of rows that are not there is NULL.
        return onlyNull ? Condition.any(List.of(Condition.not(exists(many, within -> Condition.ALWAYS)), some)) : some;
    }

    private static @Nullable Boolean asksNull(Pair pair) {
        boolean isNull = pair.path().segment(pair.path().size() - 1).equals(Lookup.ISNULL.key());
        return isNull && pair.value() instanceof Boolean wanted ? wanted : null;
    }

    private static Q.Node stripped(Q.Node node, int segments) {
        if (node instanceof Q.Leaf leaf) {
            KeyPath rest = leaf.pair().path().from(segments);
            return new Q.Leaf(new Pair(
                    rest.size() == 0 || Lookup.find(rest.segment(0)) != null ? keyed(rest) : rest,
                    leaf.pair().value()));
        }
        if (node instanceof Q.Any any) {
            return new Q.Any(
                    any.parts().stream().map(part -> stripped(part, segments)).toList());
        }
        return new Q.All(((Q.All) node)
                .parts().stream().map(part -> stripped(part, segments)).toList());
    }

    /** {@code books} and {@code books__in} speak of the key of the related row. */
    private static KeyPath keyed(KeyPath rest) {
        List<String> segments = new ArrayList<>(List.of("pk"));
        segments.addAll(rest.segments());
        return new KeyPath(rest.text(), segments);
    }

    private Condition exists(Reached.Many many, Function<Names, Condition> condition) {
        return exists(names.within(many, false), condition);
    }

    private static Condition exists(Names.Within within, Function<Names, Condition> condition) {
        Condition all = Condition.all(List.of(within.correlation(), condition.apply(within.names())));
        return all.equals(Condition.NEVER)
                ? Condition.NEVER
                : new Condition.Exists(Select.of(within.source(), List.of(new Expression.Number(1)))
                        .withWhere(all));
    }

    private Condition related(Q.Related related) {
        Reached reached = names.reach(related.relation());
        if (!(reached instanceof Reached.Many many)
                || many.next() < related.relation().size()) {
            String example = related.relation() + "__..";
            throw Errors.invalidQuery("\"" + related.relation()
                    + "\" does not lead to several rows, so any, none and every do not apply. Name its columns with \""
                    + example + "\".");
        }
        Names.Within within = names.within(many, true);
        return switch (related.quantifier()) {
            case ANY -> exists(within, inner -> inner.condition(related.condition()));
            case NONE -> Condition.not(exists(within, inner -> inner.condition(related.condition())));
            case EVERY -> Condition.not(exists(within, inner -> Condition.not(inner.condition(related.condition()))));
        };
    }

    private Condition leaf(Pair pair, Reached reached) {
        KeyPath path = pair.path();
        if (RecordKey.isIn(pair.value())
                && names.root() != null
                && path.segment(0).equals(Names.PK)) {
            Reached.Keys row = (Reached.Keys) Names.whole(names.root(), 1);
            return new RelationKeys(names, row).condition(path.from(1), pair);
        }
        if (reached instanceof Reached.Keys keys) {
            return new RelationKeys(names, keys).condition(path.from(keys.next()), pair);
        }
        Reached.Value value = (Reached.Value) reached;
        return compared(value.operand(), path, value.next(), pair.value());
    }

    /** Applies the transforms and the lookup at the end of a key. */
    Condition compared(Operand start, KeyPath path, int from, @Nullable Object value) {
        Operand operand = start;
        Transform last = null;
        for (int i = from; i < path.size(); i++) {
            String part = path.segment(i);
            Transform transform = Transform.find(part);
            if (transform == null) {
                Lookup lookup = i == path.size() - 1 ? Lookup.find(part) : null;
                if (lookup == null && operand.type() == ColumnType.JSON && last == null) {
                    return new JsonLookups(names, operand).condition(path, i, value);
                }
                if (lookup == null) {
                    throw unknownPart(part, operand);
                }
                return lookup == Lookup.MATCH && last == null
                        ? FullText.match(names, operand, certain, value)
                        : new Lookups(names, operand, lookup).build(last, value);
            }
            operand = last == null ? operand : last.apply(operand);
            last = transform;
        }
        return new Lookups(names, operand, Lookup.EXACT).build(last, value);
    }

    static InvalidLookupException unknownPart(String part, Operand operand) {
        List<String> names = new ArrayList<>(Lookup.names());
        names.addAll(Transform.names());
        return Errors.unknownLookup(part, operand.key(), operand.label(), names);
    }
}
