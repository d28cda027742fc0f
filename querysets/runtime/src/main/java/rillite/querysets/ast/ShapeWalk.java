package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.schema.Column;

/**
 * Reads a tree once: what it is without its values (the shape), its values in reading order, and what each SELECT joins.
 * Two trees with equal shapes have the same SQL text. Refuses what SQLite would find too large.
 */
final class ShapeWalk
        implements Expression.Visitor<ShapeWalk>,
                Condition.Visitor<ShapeWalk>,
                Source.Visitor<ShapeWalk>,
                Ordering.Visitor<ShapeWalk>,
                Write.Visitor<ShapeWalk>,
                Level.Reader {

    private static final int DEEPEST = 900;
    private static final int MOST_COLUMNS = 2000;
    private static final int MOST_PARTS = 500;

    private enum Mark {
        SELECT,
        DISTINCT,
        ABSENT,
        BASE,
        DERIVED,
        COMPOUND,
        ELEMENTS,
        NOTHING,
        JOIN,
        COLUMN,
        BIND,
        NULL_BIND,
        TEXT,
        NUMBER,
        CALL,
        ARITHMETIC,
        NEGATED,
        CAST,
        COLLATED,
        TRUTH,
        OUTPUT,
        ELEMENT,
        EXCLUDED,
        AGGREGATE,
        WINDOW,
        FRAME,
        CHOICE,
        SCALAR,
        RAW,
        TRUE,
        FALSE,
        COMPARE,
        LIKE,
        BETWEEN,
        NULL,
        NOT_NULL,
        IN,
        IN_SELECT,
        EXISTS,
        HOLDS,
        MATCH,
        AND,
        OR,
        XOR,
        NOT,
        ASCENDING,
        DESCENDING,
        RANDOM,
        INSERT,
        CONFLICT,
        UPDATE,
        DELETE
    }

    private record Read(Object node, Level level) {}

    private final Function<String, ? extends RuntimeException> refusal;
    private final Shape shape = new Shape();
    private final List<Bind> binds = new ArrayList<>();
    private final List<Read> levels = new ArrayList<>(4);
    private @Nullable Level level;
    private int depth;
    private int negations;

    /** Creates a reader that makes the error for a query that cannot be run from its message. */
    ShapeWalk(Function<String, ? extends RuntimeException> refusal) {
        this.refusal = refusal;
    }

    @Override
    public RuntimeException refusal(String message) {
        return refusal.apply(message);
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
        for (Read read : levels) {
            found.put(read.node, read.level);
        }
        return found;
    }

    private ShapeWalk add(Mark mark) {
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
        deeper(1);
        expression.accept(this);
        depth--;
        return this;
    }

    private ShapeWalk read(Condition condition) {
        deeper(1);
        condition.accept(this);
        depth--;
        return this;
    }

    private void deeper(int levels) {
        depth += levels;
        if (depth > DEEPEST) {
            throw refusal("The expressions of the query nest more than " + DEEPEST + " deep.");
        }
    }

    private ShapeWalk optional(@Nullable Expression expression) {
        return expression == null ? add(Mark.ABSENT) : read(expression);
    }

    private ShapeWalk expressions(List<Expression> expressions) {
        shape.code(expressions.size());
        for (int i = 0; i < expressions.size(); i++) {
            read(expressions.get(i));
        }
        return this;
    }

    private ShapeWalk conditions(Mark mark, List<Condition> conditions) {
        add(mark, conditions.size());
        int height = ConditionRenderer.height(conditions.size()) - 1;
        deeper(height);
        for (int i = 0; i < conditions.size(); i++) {
            read(conditions.get(i));
        }
        depth -= height;
        return this;
    }

    private ShapeWalk order(List<Ordering> order) {
        shape.code(order.size());
        for (int i = 0; i < order.size(); i++) {
            order.get(i).accept(this);
        }
        return this;
    }

    private ShapeWalk columns(List<Column> columns) {
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

    private void checkWidth(String what, int width) {
        if (width > MOST_COLUMNS) {
            throw refusal("The query has " + width + " " + what + ", and SQLite takes at most " + MOST_COLUMNS + ".");
        }
    }

    ShapeWalk select(Select select) {
        checkWidth("columns", select.columns().size());
        checkWidth("terms in its order", select.order().size());
        checkWidth("groups", select.groups().size());
        Level before = level;
        Level own = Level.ofSelect(before);
        levels.add(new Read(select, own));
        level = own;
        deeper(1);
        add(select.distinct() ? Mark.DISTINCT : Mark.SELECT);
        expressions(select.columns());
        select.source().accept(this);
        read(select.where());
        expressions(select.groups());
        read(select.having());
        order(select.order());
        optional(select.limit());
        optional(select.offset());
        depth--;
        level = before;
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
        Level before = level;
        int depthBefore = depth;
        int negationsBefore = negations;
        level = at;
        depth = 0;
        negations = 0;
        read(on);
        level = before;
        depth = depthBefore;
        negations = negationsBefore;
    }

    @Override
    public ShapeWalk base(Source.Base source) {
        return add(Mark.BASE).name(source.table());
    }

    @Override
    public ShapeWalk derived(Source.Derived source) {
        return add(Mark.DERIVED).texts(source.names()).select(source.select());
    }

    @Override
    public ShapeWalk compound(Source.Compound source) {
        int parts = source.parts().size();
        if (parts > MOST_PARTS) {
            throw refusal("The set operation has " + parts + " parts, and SQLite takes at most " + MOST_PARTS + ".");
        }
        add(Mark.COMPOUND, source.operation().ordinal()).texts(source.names());
        shape.code(parts);
        for (Select part : source.parts()) {
            select(part);
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

    private ShapeWalk write(Mark mark, Write write) {
        Level own = Level.ofWrite();
        levels.add(new Read(write, own));
        level = own;
        return add(mark);
    }

    @Override
    public ShapeWalk insert(Write.Insert write) {
        write(Mark.INSERT, write).name(write.table()).columns(write.columns()).expressions(write.values());
        if (write.rows() == null) {
            add(Mark.ABSENT);
        } else {
            select(write.rows());
        }
        Write.Conflict conflict = write.conflict();
        if (conflict == null) {
            add(Mark.ABSENT);
        } else {
            add(Mark.CONFLICT).columns(conflict.target()).read(conflict.where());
            assignments(conflict.set()).read(conflict.only());
        }
        return expressions(write.returning());
    }

    @Override
    public ShapeWalk update(Write.Update write) {
        write(Mark.UPDATE, write).name(write.table()).assignments(write.assignments());
        return read(write.where()).expressions(write.returning());
    }

    @Override
    public ShapeWalk delete(Write.Delete write) {
        write(Mark.DELETE, write).name(write.table());
        return read(write.where()).expressions(write.returning());
    }

    private ShapeWalk assignments(List<Write.Assignment> assignments) {
        checkWidth("assignments", assignments.size());
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
        throw refusal("F.outer(\"" + expression.key() + "\") stands outside of a sub-query.");
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
