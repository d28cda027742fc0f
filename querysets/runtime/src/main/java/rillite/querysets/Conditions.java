package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
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
            return reached instanceof Reached.Many many ? group(many, List.of(leaf)) : leaf(leaf.pair(), reached);
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
        return ((Q.Found) node).query().inside().found(names);
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
        if (parts.size() == 1) {
            return of(parts.get(0));
        }
        List<Supplier<Condition>> places = new ArrayList<>();
        Map<Reached.Many, List<Q.Node>> groups = new LinkedHashMap<>();
        collect(parts, places, groups);
        return Condition.all(places.stream().map(Supplier::get).toList());
    }

    private void collect(List<Q.Node> parts, List<Supplier<Condition>> places, Map<Reached.Many, List<Q.Node>> groups) {
        for (Q.Node part : parts) {
            if (part instanceof Q.All all) {
                collect(all.parts(), places, groups);
                continue;
            }
            Reached reached =
                    part instanceof Q.Leaf leaf ? names.reach(leaf.pair().path()) : onlyRelation(part);
            if (reached instanceof Reached.Many many) {
                List<Q.Node> group = groups.computeIfAbsent(many, first -> {
                    List<Q.Node> all = new ArrayList<>();
                    // The arms of a choice that stands alone may speak of different rows, or of none.
                    places.add(() -> all.size() == 1 ? of(all.get(0)) : group(many, all));
                    return all;
                });
                group.add(part);
            } else if (reached != null) {
                Condition condition = leaf(((Q.Leaf) part).pair(), reached);
                places.add(() -> condition);
            } else {
                Condition condition = of(part);
                places.add(() -> condition);
            }
        }
    }

    /**
     * The one relation with several rows that all names of a node go through; null when there is no such one, or where the
     * node may hold without such a row.
     */
    private Reached.@Nullable Many onlyRelation(Q.Node node) {
        if (node instanceof Q.Leaf leaf) {
            return names.reach(leaf.pair().path()) instanceof Reached.Many many && !asksAbsent(leaf.pair())
                    ? many
                    : null;
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

    private Condition group(Reached.Many many, List<? extends Q.Node> parts) {
        List<Q.Node> inner = new ArrayList<>(parts.size());
        boolean onlyAbsent = true;
        boolean noRow = false;
        for (Q.Node part : parts) {
            Pair pair = part instanceof Q.Leaf leaf ? leaf.pair() : null;
            boolean absent = pair != null && asksAbsent(pair);
            onlyAbsent &= absent;
            if (pair != null && asksForRow(pair, many)) {
                noRow |= absent;
            } else {
                inner.add(part);
            }
        }
        Names.Within within = names.entering(many);
        Condition some = exists(within, inside -> new Conditions(inside).all(inner));
        if (noRow) {
            // A further condition on such a row contradicts it.
            return onlyAbsent ? Condition.not(exists(within, inside -> Condition.ALWAYS)) : Condition.NEVER;
        }
        // A column of rows that are not there is NULL.
        return onlyAbsent
                ? Condition.any(List.of(Condition.not(exists(within, inside -> Condition.ALWAYS)), some))
                : some;
    }

    /** Whether a pair holds only for NULL. */
    private static boolean asksAbsent(Pair pair) {
        String last = pair.path().segment(pair.path().size() - 1);
        if (last.equals(Lookup.ISNULL.key())) {
            return Boolean.TRUE.equals(pair.value());
        }
        return pair.value() == null
                && (Lookup.find(last) == null || last.equals(Lookup.EXACT.key()) || last.equals(Lookup.IEXACT.key()));
    }

    /** Whether a pair asks only whether there are related rows. */
    private static boolean asksForRow(Pair pair, Reached.Many many) {
        int rest = pair.path().size() - many.next();
        String lookup = rest == 1 ? pair.path().segment(many.next()) : Lookup.EXACT.key();
        return rest <= 1
                && (pair.value() == null
                        ? lookup.equals(Lookup.EXACT.key())
                        : pair.value() instanceof Boolean && lookup.equals(Lookup.ISNULL.key()));
    }

    private static Condition exists(Names.Within within, Function<Names, Condition> condition) {
        Condition all = Condition.all(List.of(within.correlation(), condition.apply(within.names())));
        return all.isNever()
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
        Names.Within within = names.within(many);
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
            Reached.Keys row = Names.whole(names.root(), 1);
            return new RelationKeys(names, row).condition(pair);
        }
        if (reached instanceof Reached.Keys keys) {
            return new RelationKeys(names, keys).condition(pair);
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
                    throw unknownPart(part, i, operand);
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

    static InvalidLookupException unknownPart(String part, int position, Operand operand) {
        List<String> names = new ArrayList<>(Lookup.names());
        names.addAll(Transform.names());
        return Errors.unknownLookup(part, operand.key(), position, operand.label(), names);
    }
}
