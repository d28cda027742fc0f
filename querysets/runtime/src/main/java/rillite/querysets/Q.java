package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition as a value. Immutable; names and values are checked when a QuerySet takes it.
 *
 * <p>An empty condition is neutral: it holds for every row, its negation too, and combining it changes nothing.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 */
public final class Q<R> {

    // SQLite refuses expressions that are nested more than 1000 levels deep.
    private static final int DEEPEST = 900;

    private static final Q<Object> EMPTY = new Q<>(new All(List.of()), 0);

    private final Node node;
    private final int depth;

    private Q(Node node, int depth) {
        if (depth > DEEPEST) {
            throw Errors.invalidQuery("A condition may be nested " + DEEPEST + " levels deep, this one has " + depth
                    + ". Combine many conditions of one kind with Q.allOf or Q.anyOf.");
        }
        this.node = node;
        this.depth = depth;
    }

    /** What a condition is before its names are known. */
    sealed interface Node permits Leaf, Compared, Related, Found, All, Any, Odd, Negation {}

    record Leaf(Pair pair) implements Node {
        @Override
        public String toString() {
            return pair.key();
        }
    }

    /** An expression compared with a value. */
    record Compared(ExprNode left, Lookup lookup, @Nullable Object value) implements Node {
        @Override
        public String toString() {
            return left + " " + lookup.key();
        }
    }

    /** How many of the related rows must fulfil a condition. */
    enum Quantifier {
        ANY,
        NONE,
        EVERY
    }

    /** A condition on related rows; its names are those of the related table. */
    record Related(KeyPath relation, Quantifier quantifier, Node condition) implements Node {
        @Override
        public String toString() {
            return quantifier.name().toLowerCase(java.util.Locale.ROOT) + " " + relation + " (" + condition + ")";
        }
    }

    /** Another query has rows. */
    record Found(Query<?, ?, ?> query) implements Node {
        @Override
        public String toString() {
            return "exists";
        }
    }

    record All(List<Node> parts) implements Node {
        @Override
        public String toString() {
            return join(parts, " and ");
        }
    }

    record Any(List<Node> parts) implements Node {
        @Override
        public String toString() {
            return join(parts, " or ");
        }
    }

    record Odd(List<Node> parts) implements Node {
        @Override
        public String toString() {
            return join(parts, " xor ");
        }
    }

    record Negation(Node operand) implements Node {
        @Override
        public String toString() {
            return "not (" + operand + ")";
        }
    }

    /** Keys and values in turn, all of which must hold: {@code Q.of("age__gte", 18, "email__isnull", false)}. */
    public static Q<Object> of(String key, @Nullable Object value, @Nullable Object... more) {
        return ofPairs(Pair.of(key, value, more));
    }

    /** The entries of a map, all of which must hold. */
    public static Q<Object> of(Map<String, ? extends @Nullable Object> conditions) {
        return ofPairs(Pair.of(conditions));
    }

    static Q<Object> ofPairs(List<Pair> pairs) {
        return pairs.size() == 1
                ? new Q<>(new Leaf(pairs.get(0)), 1)
                : new Q<>(new All(pairs.stream().<Node>map(Leaf::new).toList()), 2);
    }

    /** The condition that says nothing. */
    @SuppressWarnings("unchecked")
    public static <R> Q<R> empty() {
        // It says nothing about any row.
        return (Q<R>) EMPTY;
    }

    /** At least one related row fulfils all pairs: {@code Q.any("books", "title", "x", "pages__gt", 3)}. */
    public static Q<Object> any(String relation, String key, @Nullable Object value, @Nullable Object... more) {
        return any(relation, of(key, value, more));
    }

    /** At least one related row fulfils the condition, whose names are those of the related table. */
    public static Q<Object> any(String relation, Q<?> condition) {
        return related(KeyPath.of(relation), Quantifier.ANY, condition);
    }

    /** No related row fulfils all pairs. */
    public static Q<Object> none(String relation, String key, @Nullable Object value, @Nullable Object... more) {
        return none(relation, of(key, value, more));
    }

    /** No related row fulfils the condition. */
    public static Q<Object> none(String relation, Q<?> condition) {
        return related(KeyPath.of(relation), Quantifier.NONE, condition);
    }

    /** Every related row fulfils all pairs; true where there is none. */
    public static Q<Object> every(String relation, String key, @Nullable Object value, @Nullable Object... more) {
        return every(relation, of(key, value, more));
    }

    /** Every related row fulfils the condition; true where there is none. */
    public static Q<Object> every(String relation, Q<?> condition) {
        return related(KeyPath.of(relation), Quantifier.EVERY, condition);
    }

    /** The query, in which {@code F.outer(..)} names values of the row in question, has rows. */
    public static <R> Q<R> exists(Query<?, ?, ?> query) {
        return new Q<>(new Found(query), 2);
    }

    static <R> Q<R> related(KeyPath relation, Quantifier quantifier, Q<?> condition) {
        return new Q<>(new Related(relation, quantifier, condition.node), condition.depth + 2);
    }

    static <R> Q<R> leaf(KeyPath path, @Nullable Object value) {
        return new Q<>(new Leaf(new Pair(path, value)), 1);
    }

    static <R> Q<R> compared(ExprNode left, Lookup lookup, @Nullable Object value) {
        return new Q<>(new Compared(left, lookup, value), 2);
    }

    /** All of the conditions; the empty condition for none. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> Q<R> allOf(Q<? super R>... conditions) {
        return combined(List.of(conditions), Kind.ALL);
    }

    /** At least one of the conditions; the empty condition for none. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> Q<R> anyOf(Q<? super R>... conditions) {
        return combined(List.of(conditions), Kind.ANY);
    }

    /** Both conditions. */
    public Q<R> and(Q<? super R> other) {
        return combined(List.of(this, other), Kind.ALL);
    }

    /** One condition or both. */
    public Q<R> or(Q<? super R> other) {
        return combined(List.of(this, other), Kind.ANY);
    }

    /** Exactly one of both; in a chain, an odd number of them. */
    public Q<R> xor(Q<? super R> other) {
        return combined(List.of(this, other), Kind.ODD);
    }

    /** Every row for which this condition is not true, those for which it is NULL included. */
    public Q<R> not() {
        return isEmpty() ? this : new Q<>(new Negation(node), depth + 1);
    }

    /** This condition if the flag is set, else the empty condition. */
    public Q<R> when(boolean flag) {
        return flag ? this : empty();
    }

    boolean isEmpty() {
        return depth == 0;
    }

    Node node() {
        return node;
    }

    /** Keys without values. */
    @Override
    public String toString() {
        return node.toString();
    }

    private enum Kind {
        ALL,
        ANY,
        ODD;

        Node node(List<Node> parts) {
            return switch (this) {
                case ALL -> new All(parts);
                case ANY -> new Any(parts);
                case ODD -> new Odd(parts);
            };
        }

        /** The parts of a node of this kind, which need no level of their own. */
        @Nullable List<Node> parts(Node node) {
            if (this == ALL && node instanceof All all) {
                return all.parts();
            }
            if (this == ANY && node instanceof Any any) {
                return any.parts();
            }
            return this == ODD && node instanceof Odd odd ? odd.parts() : null;
        }
    }

    private static <R> Q<R> combined(List<? extends Q<?>> conditions, Kind kind) {
        List<Node> parts = new ArrayList<>();
        int depth = 0;
        for (Q<?> condition : conditions) {
            List<Node> inner = kind.parts(condition.node);
            if (condition.isEmpty()) {
                continue;
            }
            if (inner == null) {
                parts.add(condition.node);
                depth = Math.max(depth, condition.depth + 1);
            } else {
                parts.addAll(inner);
                depth = Math.max(depth, condition.depth);
            }
        }
        if (parts.isEmpty()) {
            return empty();
        }
        return parts.size() == 1 ? new Q<>(parts.get(0), depth - 1) : new Q<>(kind.node(parts), depth);
    }

    private static String join(List<Node> parts, String operator) {
        return parts.stream()
                .map(part -> part instanceof Leaf || part instanceof Negation ? part.toString() : "(" + part + ")")
                .collect(Collectors.joining(operator));
    }
}
