package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A choice between values: {@code Case.when(Q.of("age__gt", 30), "o").when(..).otherwise("y")}. */
public final class Case {

    private Case() {}

    /** The value where the condition holds. */
    public static Branches when(Q<?> condition, @Nullable Object value) {
        return new Branches(List.of()).when(condition, value);
    }

    /** Conditions and their values; the first condition that holds decides. Immutable. */
    public static final class Branches {

        private final List<ExprNode.Branch> branches;

        private Branches(List<ExprNode.Branch> branches) {
            this.branches = branches;
        }

        /** The value where the condition holds and none before it does. */
        public Branches when(Q<?> condition, @Nullable Object value) {
            List<ExprNode.Branch> more = new ArrayList<>(branches);
            more.add(new ExprNode.Branch(condition.node(), ExprNode.ofValue(value)));
            return new Branches(List.copyOf(more));
        }

        /** The value where no condition holds; null for NULL. */
        public Expr<Object, Object> otherwise(@Nullable Object value) {
            return new Expr<>(new ExprNode.Choice(branches, ExprNode.ofValue(value)));
        }
    }
}
