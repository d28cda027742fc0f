package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/**
 * Reads a tree once: what it is without its values (the shape), its values in reading order, and what each SELECT joins.
 * Two trees with equal shapes have the same SQL text.
 */
final class ShapeWalk
        implements Expression.Visitor<ShapeWalk>,
                Condition.Visitor<ShapeWalk>,
                Source.Visitor<ShapeWalk>,
                Ordering.Visitor<ShapeWalk>,
                Level.Reader {

    private record Read(Object node, Level level, @Nullable Read before) {}

    private final Limits limits;
    private final Shape shape = new Shape();
    private final List<Bind> binds = new ArrayList<>(2);
    private @Nullable Read levels;
    private @Nullable Level level;
    private final Depth depth;
    private int negations;

    ShapeWalk(Limits limits) {
        this.limits = limits;
        depth = new Depth(limits);
    }

    /** Equal for equal shapes; holds no value. */
    Shape shape() {
        return shape;
    }

    List<Bind> binds() {
        return binds;
    }

    /** What each SELECT and each statement that writes needs, by identity. */
    Map<Object, Level> levels() {
        Map<Object, Level> found = new IdentityHashMap<>();
        for (Read read = levels; read != null; read = read.before) {
            found.put(read.node, read.level);
        }
        return found;
    }

    ShapeWalk add(Mark mark) {
        shape.code(mark.ordinal());
        return this;
    }

    private ShapeWalk add(Mark mark, int detail) {
        shape.code(mark.ordinal());
        shape.code(detail);
        return this;
    }

    private ShapeWalk name(Object name) {
        shape.name(name);
        return this;
    }

    private ShapeWalk number(long value) {
        shape.code((int) (value >>> 32));
        shape.code((int) value);
        return this;
    }

    private ShapeWalk read(Expression expression) {
        depth.down(1);
        expression.accept(this);
        depth.up(1);
        return this;
    }

    ShapeWalk read(Condition condition) {
        depth.down(1);
        condition.accept(this);
        depth.up(1);
        return this;
    }

    private ShapeWalk optional(@Nullable Expression expression) {
        return expression == null ? add(Mark.ABSENT) : read(expression);
    }

    ShapeWalk expressions(List<Expression> expressions) {
        shape.code(expressions.size());
        for (int i = 0; i < expressions.size(); i++) {
            read(expressions.get(i));
        }
        return this;
    }

    private ShapeWalk conditions(Mark mark, List<Condition> conditions) {
        add(mark, conditions.size());
        // The node itself counts for one; the sum of XOR stands below three more operators.
        int height = ConditionRenderer.height(conditions.size()) + (mark == Mark.XOR ? 2 : -1);
        depth.down(height);
        for (int i = 0; i < conditions.size(); i++) {
            read(conditions.get(i));
        }
        depth.up(height);
        return this;
    }

    private ShapeWalk order(List<Ordering> order) {
        shape.code(order.size());
        for (int i = 0; i < order.size(); i++) {
            order.get(i).accept(this);
        }
        return this;
    }

    ShapeWalk columns(List<Column> columns) {
        shape.code(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            shape.name(columns.get(i));
        }
        return this;
    }

    private ShapeWalk texts(List<String> texts) {
        shape.code(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            shape.name(texts.get(i));
        }
        return this;
    }

    ShapeWalk select(Select select) {
        limits.checkWidth("columns", select.columns().size());
        limits.checkWidth("terms in its order", select.order().size());
        limits.checkWidth("groups", select.groups().size());
        Level levelBefore = level;
        Level own = Level.ofSelect(levelBefore, limits);
        levels = new Read(select, own, levels);
        level = own;
        Depth.Outside outside = depth.enter();
        parts(select);
        depth.leave(outside);
        level = levelBefore;
        return this;
    }

    private void parts(Select select) {
        add(select.distinct() ? Mark.DISTINCT : Mark.SELECT);
        expressions(select.columns());
        select.source().accept(this);
        read(select.where());
        expressions(select.groups());
        read(select.having());
        order(select.order());
        optional(select.limit());
        optional(select.offset());
    }

    /** Reads a SELECT in FROM, where expressions start afresh. */
    private ShapeWalk source(Select select) {
        depth.afresh(() -> select(select));
        return this;
    }

    private Level outward(int up) {
        if (level == null) {
            throw new IllegalStateException("An expression stands outside of any statement.");
        }
        return level.outward(up);
    }

    @Override
    public void joined(int parent, Hop hop) {
        add(Mark.JOIN, parent);
        shape.code(hop.optional() ? 1 : 0);
        name(hop.table()).name(hop.name()).columns(hop.from()).columns(hop.to());
        if (!hop.hasCondition()) {
            add(Mark.ABSENT);
        }
    }

    @Override
    public void condition(Level at, Condition on) {
        Level levelBefore = level;
        int negationsBefore = negations;
        level = at;
        negations = 0;
        depth.afresh(() -> read(on));
        level = levelBefore;
        negations = negationsBefore;
    }

    @Override
    public ShapeWalk base(Source.Base source) {
        return add(Mark.BASE).name(source.table());
    }

    @Override
    public ShapeWalk derived(Source.Derived source) {
        return add(Mark.DERIVED).texts(source.names()).source(source.select());
    }

    @Override
    public ShapeWalk compound(Source.Compound source) {
        int parts = source.parts().size();
        limits.checkParts(parts);
        add(Mark.COMPOUND, source.operation().ordinal()).texts(source.names());
        shape.code(parts);
        for (Select part : source.parts()) {
            source(part);
        }
        return this;
    }

    @Override
    public ShapeWalk elements(Source.Elements source) {
        return add(Mark.ELEMENTS).read(source.list());
    }

    @Override
    public ShapeWalk nothing(Source.Nothing source) {
        return add(Mark.NOTHING);
    }

    @Override
    public ShapeWalk by(Ordering.By ordering) {
        add(
                ordering.descending() ? Mark.DESCENDING : Mark.ASCENDING,
                ordering.nulls() == null ? -1 : ordering.nulls().ordinal());
        return read(ordering.expression());
    }

    @Override
    public ShapeWalk random(Ordering.Random ordering) {
        return add(Mark.RANDOM);
    }

    /** Enters a statement that writes a table. */
    ShapeWalk write(Mark mark, Write write, Table target) {
        Level own = Level.ofWrite(limits);
        levels = new Read(write, own, levels);
        level = own;
        return add(mark).name(target);
    }

    ShapeWalk assignments(List<Write.Assignment> assignments) {
        limits.checkWidth("assignments", assignments.size());
        shape.code(assignments.size());
        for (int i = 0; i < assignments.size(); i++) {
            Write.Assignment assignment = assignments.get(i);
            name(assignment.column()).read(assignment.value());
        }
        return this;
    }

    @Override
    public ShapeWalk column(Expression.ColumnRef expression) {
        Level target = outward(expression.up());
        int join = Level.ROOT;
        if (expression.path().isRoot()) {
            target.useRoot();
        } else {
            join = target.index(expression.path(), this);
        }
        // At most 900 levels and 64 joins, so that one code holds both.
        return add(Mark.COLUMN, expression.up() << 8 | join).name(expression.column());
    }

    @Override
    public ShapeWalk bind(Bind expression) {
        binds.add(expression);
        return add(negations > 0 && expression.value() == null ? Mark.NULL_BIND : Mark.BIND);
    }

    @Override
    public ShapeWalk text(Expression.Text expression) {
        return add(Mark.TEXT).name(expression.value());
    }

    @Override
    public ShapeWalk number(Expression.Number expression) {
        return add(Mark.NUMBER).number(expression.value());
    }

    @Override
    public ShapeWalk call(Expression.Call expression) {
        limits.checkArguments(expression);
        return add(Mark.CALL, expression.function().ordinal()).expressions(expression.arguments());
    }

    @Override
    public ShapeWalk arithmetic(Expression.Arithmetic expression) {
        return add(Mark.ARITHMETIC, expression.operator().ordinal())
                .read(expression.left())
                .read(expression.right());
    }

    @Override
    public ShapeWalk negated(Expression.Negated expression) {
        return add(Mark.NEGATED).read(expression.operand());
    }

    @Override
    public ShapeWalk cast(Expression.Cast expression) {
        return add(Mark.CAST, expression.storage().ordinal()).read(expression.operand());
    }

    @Override
    public ShapeWalk collated(Expression.Collated expression) {
        return add(Mark.COLLATED, expression.collation().ordinal()).read(expression.operand());
    }

    @Override
    public ShapeWalk truth(Expression.Truth expression) {
        return add(Mark.TRUTH).read(expression.condition());
    }

    @Override
    public ShapeWalk output(Expression.Output expression) {
        outward(expression.up()).useRoot();
        return add(Mark.OUTPUT, expression.up() << 1 | (expression.nullable() ? 1 : 0))
                .name(expression.name());
    }

    @Override
    public ShapeWalk element(Expression.Element expression) {
        return add(
                Mark.ELEMENT, expression.position() << 1 | expression.encoding().ordinal());
    }

    @Override
    public ShapeWalk excluded(Expression.Excluded expression) {
        return add(Mark.EXCLUDED).name(expression.column());
    }

    @Override
    public ShapeWalk aggregate(Expression.Aggregate expression) {
        add(Mark.AGGREGATE, expression.function().ordinal() << 1 | (expression.distinct() ? 1 : 0));
        return optional(expression.argument()).optional(expression.separator()).read(expression.filter());
    }

    @Override
    public ShapeWalk window(Expression.Window expression) {
        add(Mark.WINDOW).read(expression.function());
        expressions(expression.partition()).order(expression.order());
        Expression.Frame frame = expression.frame();
        if (frame == null) {
            return add(Mark.ABSENT);
        }
        return add(Mark.FRAME, frame.unit().ordinal()).bound(frame.from()).bound(frame.to());
    }

    private ShapeWalk bound(@Nullable Long bound) {
        return bound == null ? add(Mark.ABSENT) : add(Mark.NUMBER).number((long) bound);
    }

    @Override
    public ShapeWalk choice(Expression.Choice expression) {
        add(Mark.CHOICE, expression.branches().size());
        for (Expression.Branch branch : expression.branches()) {
            read(branch.condition()).read(branch.value());
        }
        return optional(expression.otherwise());
    }

    @Override
    public ShapeWalk scalar(Expression.Scalar expression) {
        return add(Mark.SCALAR, expression.nullable() ? 1 : 0).select(expression.select());
    }

    @Override
    public ShapeWalk raw(Expression.Raw expression) {
        return add(Mark.RAW).texts(expression.texts()).expressions(expression.arguments());
    }

    @Override
    public ShapeWalk outer(Expression.Outer expression) {
        throw limits.refusal("F.outer(\"" + expression.key() + "\") stands outside of a sub-query.");
    }

    @Override
    public ShapeWalk constant(Condition.Constant condition) {
        return add(condition.value() ? Mark.TRUE : Mark.FALSE);
    }

    @Override
    public ShapeWalk compare(Condition.Compare condition) {
        return add(Mark.COMPARE, condition.comparison().ordinal())
                .read(condition.left())
                .read(condition.right());
    }

    @Override
    public ShapeWalk like(Condition.Like condition) {
        return add(Mark.LIKE).read(condition.operand()).read(condition.pattern());
    }

    @Override
    public ShapeWalk between(Condition.Between condition) {
        return add(Mark.BETWEEN).read(condition.operand()).read(condition.low()).read(condition.high());
    }

    @Override
    public ShapeWalk isNull(Condition.IsNull condition) {
        return add(condition.negated() ? Mark.NOT_NULL : Mark.NULL).read(condition.operand());
    }

    @Override
    public ShapeWalk inValues(Condition.InValues condition) {
        return add(Mark.IN, condition.elements().ordinal())
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
    public ShapeWalk holds(Condition.Holds condition) {
        return add(Mark.HOLDS).read(condition.expression());
    }

    @Override
    public ShapeWalk match(Condition.Match condition) {
        int join = outward(0).index(condition.path(), this);
        add(Mark.MATCH, join).name(condition.table());
        return (condition.column() == null ? add(Mark.ABSENT) : add(Mark.COLUMN).name(condition.column()))
                .read(condition.query());
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
        negations++;
        add(Mark.NOT).read(condition.operand());
        negations--;
        return this;
    }
}
