package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks through an expression whose names are not known yet. */
final class ExprKeys {

    private final List<KeyPath> keys = new ArrayList<>();
    private boolean aggregates;

    private ExprKeys() {}

    /** The keys that an expression reads itself, not in a sub-query. */
    static List<KeyPath> of(ExprNode node) {
        ExprKeys reading = new ExprKeys();
        reading.read(node);
        return reading.keys;
    }

    /** Whether an expression computes something from many rows, other than through a window. */
    static boolean aggregates(ExprNode node) {
        ExprKeys reading = new ExprKeys();
        reading.read(node);
        return reading.aggregates;
    }

    private void read(@Nullable ExprNode node) {
        if (node instanceof ExprNode.Key key) {
            keys.add(key.path());
        } else if (node instanceof ExprNode.Aggregate aggregate) {
            aggregates = true;
            read(aggregate.argument());
        } else if (node instanceof ExprNode.Named named) {
            read(named.node());
        } else if (node instanceof ExprNode.Calculation calculation) {
            read(calculation.left());
            read(calculation.right());
        } else if (node instanceof ExprNode.Opposite opposite) {
            read(opposite.operand());
        } else if (node instanceof ExprNode.Converted converted) {
            read(converted.operand());
        } else if (node instanceof ExprNode.Transformed transformed) {
            read(transformed.operand());
        } else if (node instanceof ExprNode.Call call) {
            call.arguments().forEach(this::read);
        } else if (node instanceof ExprNode.Applied applied) {
            applied.arguments().forEach(this::read);
        } else if (node instanceof ExprNode.Raw raw) {
            raw.arguments().forEach(this::read);
        } else if (node instanceof ExprNode.Test test) {
            read(test.condition());
        } else if (node instanceof ExprNode.Choice choice) {
            choice.branches().forEach(branch -> {
                read(branch.condition());
                read(branch.value());
            });
            read(choice.otherwise());
        }
    }

    private void read(Q.Node node) {
        if (node instanceof Q.Leaf leaf) {
            keys.add(leaf.pair().path());
            right(leaf.pair().value());
        } else if (node instanceof Q.Compared compared) {
            read(compared.left());
            right(compared.value());
        } else if (node instanceof Q.All all) {
            all.parts().forEach(this::read);
        } else if (node instanceof Q.Any any) {
            any.parts().forEach(this::read);
        } else if (node instanceof Q.Odd odd) {
            odd.parts().forEach(this::read);
        } else if (node instanceof Q.Negation negation) {
            read(negation.operand());
        }
    }

    private void right(@Nullable Object value) {
        if (value instanceof Expr<?, ?> expr) {
            read(expr.node());
        }
    }
}
