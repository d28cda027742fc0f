package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A choice between values: {@code Case.when(Q.of("age__gt", 30), "o").when(..).otherwise("y")}.
 *
 * <p>The first value settles what the choice is: of a text it is a {@link TextExpr}, of a number a {@link NumberExpr}, with
 * the root of the conditions and values, which the compiler holds together. A constant of another type, or of none, is
 * {@link F#value}.
 */
public final class Case {

    private Case() {}

    /** The text where the condition holds. */
    public static <R> Branches<R, String, TextExpr<R>> when(Q<? super R> condition, String text) {
        return first(condition, text, Stored::constant, TextExpr::new);
    }

    /** The number where the condition holds. */
    public static <R, V extends Number & Comparable<?>> Branches<R, V, NumberExpr<R, V>> when(
            Q<? super R> condition, V number) {
        return first(condition, number, Stored::constant, node -> new NumberExpr<>(node, Types.classOf(number)));
    }

    /** The value where the condition holds. */
    public static <R, V extends Comparable<?>> Branches<R, V, Expr<R, V>> when(Q<? super R> condition, V value) {
        return first(condition, value, Stored::constant, node -> new Expr<>(node, Types.classOf(value)));
    }

    /** The text of the row where the condition holds. */
    public static <R> Branches<R, String, TextExpr<R>> when(Q<? super R> condition, TextExpr<? super R> text) {
        return first(condition, text, text::stored, TextExpr::new);
    }

    /** The number of the row where the condition holds. */
    public static <R, V> Branches<R, V, NumberExpr<R, V>> when(
            Q<? super R> condition, NumberExpr<? super R, V> number) {
        return first(condition, number, number::stored, node -> new NumberExpr<>(node, number.type()));
    }

    /** The value of the row where the condition holds. */
    public static <R, V> Branches<R, V, Expr<R, V>> when(Q<? super R> condition, Expr<? super R, V> value) {
        return first(condition, value, value::stored, node -> new Expr<>(node, value.type()));
    }

    private static <R, V, E extends Expr<R, V>> Branches<R, V, E> first(
            Q<?> condition, Object value, Constants constants, Function<ExprNode, E> result) {
        return new Branches<R, V, E>(List.of(), constants, result).and(condition, value);
    }

    /** What the constants of a choice are stored as. */
    private interface Constants {
        @Nullable Object stored(@Nullable Object value);
    }

    /**
     * Conditions and their values; the first condition that holds decides. Immutable.
     *
     * @param <R> root of the queries in which the choice can be used; {@code Object} for any
     * @param <V> type of the values
     * @param <E> what the choice is
     */
    public static final class Branches<R, V, E extends Expr<R, V>> {

        private final List<ExprNode.Branch> branches;
        private final Constants constants;
        private final Function<ExprNode, E> result;

        private Branches(List<ExprNode.Branch> branches, Constants constants, Function<ExprNode, E> result) {
            this.branches = branches;
            this.constants = constants;
            this.result = result;
        }

        /** The value where the condition holds and none before it does. */
        public Branches<R, V, E> when(Q<? super R> condition, V value) {
            return and(condition, value);
        }

        /** The value of the row where the condition holds and none before it does. */
        public Branches<R, V, E> when(Q<? super R> condition, Expr<? super R, ?> value) {
            return and(condition, value);
        }

        private Branches<R, V, E> and(Q<?> condition, @Nullable Object value) {
            List<ExprNode.Branch> more = new ArrayList<>(branches);
            more.add(new ExprNode.Branch(condition.node(), ExprNode.ofValue(constants.stored(value))));
            return new Branches<>(List.copyOf(more), constants, result);
        }

        /** The value where no condition holds. */
        public E otherwise(V value) {
            return end(value);
        }

        /** The value of the row where no condition holds. */
        public E otherwise(Expr<? super R, ?> value) {
            return end(value);
        }

        /** NULL where no condition holds. */
        public E orNull() {
            return end(null);
        }

        private E end(@Nullable Object value) {
            return result.apply(new ExprNode.Choice(branches, ExprNode.ofValue(constants.stored(value))));
        }
    }
}
