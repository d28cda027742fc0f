package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;

/**
 * Reads a tree into what it is without its values (the shape) and its values in reading order. Two trees with equal
 * shapes have the same SQL text.
 */
final class ShapeWalk
        implements Expression.Visitor<ShapeWalk>,
                Condition.Visitor<ShapeWalk>,
                Source.Visitor<ShapeWalk>,
                Ordering.Visitor<ShapeWalk>,
                Write.Visitor<ShapeWalk> {

    private enum Mark {
        SELECT,
        DISTINCT,
        WHERE,
        BIND,
        ABSENT,
        DERIVED,
        NOTHING,
        CALL,
        NEGATED,
        TRUTH,
        LIKE,
        BETWEEN,
        NULL,
        NOT_NULL,
        IN,
        IN_SELECT,
        EXISTS,
        AND,
        OR,
        XOR,
        NOT,
        ASCENDING,
        DESCENDING,
        RANDOM,
        INSERT,
        UPDATE,
        DELETE
    }

    private final List<Object> shape = new ArrayList<>(48);
    private final List<Bind> binds = new ArrayList<>();

    /** Equal for equal shapes; holds no value. */
    List<Object> shape() {
        return shape;
    }

    List<Bind> binds() {
        return binds;
    }

    private ShapeWalk add(Object part) {
        shape.add(part);
        return this;
    }

    ShapeWalk select(Select select) {
        add(Mark.SELECT);
        if (select.distinct()) {
            add(Mark.DISTINCT);
        }
        expressions(select.columns());
        select.source().accept(this);
        add(Mark.WHERE);
        select.where().accept(this);
        add(select.order().size());
        for (Ordering term : select.order()) {
            term.accept(this);
        }
        slot(select.limit());
        return slot(select.offset());
    }

    private ShapeWalk slot(@Nullable Bind bind) {
        return bind == null ? add(Mark.ABSENT) : bind(bind);
    }

    private ShapeWalk expressions(List<Expression> expressions) {
        add(expressions.size());
        for (Expression expression : expressions) {
            expression.accept(this);
        }
        return this;
    }

    private ShapeWalk conditions(Mark mark, List<Condition> conditions) {
        add(mark).add(conditions.size());
        for (Condition condition : conditions) {
            condition.accept(this);
        }
        return this;
    }

    @Override
    public ShapeWalk base(Source.Base source) {
        return add(source.table());
    }

    @Override
    public ShapeWalk derived(Source.Derived source) {
        return add(Mark.DERIVED).select(source.select());
    }

    @Override
    public ShapeWalk nothing(Source.Nothing source) {
        return add(Mark.NOTHING);
    }

    @Override
    public ShapeWalk by(Ordering.By ordering) {
        ordering.expression().accept(add(ordering.descending() ? Mark.DESCENDING : Mark.ASCENDING));
        return add(ordering.nulls() == null ? Mark.ABSENT : ordering.nulls());
    }

    @Override
    public ShapeWalk random(Ordering.Random ordering) {
        return add(Mark.RANDOM);
    }

    @Override
    public ShapeWalk insert(Write.Insert write) {
        add(Mark.INSERT).add(write.table());
        add(write.columns()).expressions(write.values());
        return expressions(write.returning());
    }

    @Override
    public ShapeWalk update(Write.Update write) {
        add(Mark.UPDATE).add(write.table());
        assignments(write.assignments());
        return write.where().accept(this);
    }

    @Override
    public ShapeWalk delete(Write.Delete write) {
        add(Mark.DELETE).add(write.table());
        return write.where().accept(this);
    }

    private void assignments(List<Write.Assignment> assignments) {
        add(assignments.size());
        for (Write.Assignment assignment : assignments) {
            assignment.value().accept(add(assignment.column()));
        }
    }

    @Override
    public ShapeWalk column(Expression.ColumnRef expression) {
        return add(expression.path()).add(expression.up()).add(expression.column());
    }

    @Override
    public ShapeWalk bind(Bind expression) {
        binds.add(expression);
        return add(expression.value() == null ? Mark.ABSENT : Mark.BIND);
    }

    @Override
    public ShapeWalk text(Expression.Text expression) {
        return add(expression.value());
    }

    @Override
    public ShapeWalk number(Expression.Number expression) {
        return add(expression.value());
    }

    @Override
    public ShapeWalk call(Expression.Call expression) {
        return add(Mark.CALL).add(expression.function()).expressions(expression.arguments());
    }

    @Override
    public ShapeWalk arithmetic(Expression.Arithmetic expression) {
        expression.left().accept(add(expression.operator()));
        return expression.right().accept(this);
    }

    @Override
    public ShapeWalk negated(Expression.Negated expression) {
        return expression.operand().accept(add(Mark.NEGATED));
    }

    @Override
    public ShapeWalk cast(Expression.Cast expression) {
        return expression.operand().accept(add(expression.storage()));
    }

    @Override
    public ShapeWalk collated(Expression.Collated expression) {
        return expression.operand().accept(add(expression.collation()));
    }

    @Override
    public ShapeWalk truth(Expression.Truth expression) {
        return expression.condition().accept(add(Mark.TRUTH));
    }

    @Override
    public ShapeWalk constant(Condition.Constant condition) {
        return add(condition.value());
    }

    @Override
    public ShapeWalk compare(Condition.Compare condition) {
        condition.left().accept(add(condition.comparison()));
        return condition.right().accept(this);
    }

    @Override
    public ShapeWalk like(Condition.Like condition) {
        condition.operand().accept(add(Mark.LIKE));
        return condition.pattern().accept(this);
    }

    @Override
    public ShapeWalk between(Condition.Between condition) {
        condition.operand().accept(add(Mark.BETWEEN));
        condition.low().accept(this);
        return condition.high().accept(this);
    }

    @Override
    public ShapeWalk isNull(Condition.IsNull condition) {
        return condition.operand().accept(add(condition.negated() ? Mark.NOT_NULL : Mark.NULL));
    }

    @Override
    public ShapeWalk inValues(Condition.InValues condition) {
        return add(Mark.IN)
                .add(condition.elements())
                .expressions(condition.operands())
                .expressions(condition.lists());
    }

    @Override
    public ShapeWalk inSelect(Condition.InSelect condition) {
        return add(Mark.IN_SELECT).expressions(condition.operands()).select(condition.select());
    }

    @Override
    public ShapeWalk exists(Condition.Exists condition) {
        return add(Mark.EXISTS).select(condition.select());
    }

    @Override
    public ShapeWalk and(Condition.And condition) {
        return conditions(Mark.AND, condition.parts());
    }

    @Override
    public ShapeWalk or(Condition.Or condition) {
        return conditions(Mark.OR, condition.parts());
    }

    @Override
    public ShapeWalk xor(Condition.Xor condition) {
        return conditions(Mark.XOR, condition.parts());
    }

    @Override
    public ShapeWalk not(Condition.Not condition) {
        return condition.operand().accept(add(Mark.NOT));
    }

    @Override
    public ShapeWalk output(Expression.Output expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk element(Expression.Element expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk excluded(Expression.Excluded expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk aggregate(Expression.Aggregate expression) {
        return add(expression.function());
    }

    @Override
    public ShapeWalk window(Expression.Window expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk choice(Expression.Choice expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk scalar(Expression.Scalar expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk raw(Expression.Raw expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk outer(Expression.Outer expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk holds(Condition.Holds condition) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk match(Condition.Match condition) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk compound(Source.Compound source) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public ShapeWalk elements(Source.Elements source) {
        throw new UnsupportedOperationException("not built yet");
    }
}
