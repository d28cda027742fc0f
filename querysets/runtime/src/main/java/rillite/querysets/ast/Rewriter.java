package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;

/**
 * Copies a tree with some references changed; what does not change stays the same instance.
 *
 * <p>Levels count as in {@link Expression.ColumnRef#up()}: an expression that is passed in stands at level 0, the inside
 * of a SELECT is one level deeper than where it stands. May be used for many trees, by one thread.
 */
public final class Rewriter {

    /** What changes at some depth; each answers with its argument to leave it as it is. */
    interface Change {
        default int up(int up, int depth) {
            return up;
        }

        /** Whether the conditions on a way whose root lies that many levels further out are part of what changes. */
        default boolean entersWay(int up, int depth) {
            return up < depth;
        }

        default Path path(Path path, int up, int depth) {
            return path;
        }

        default Expression outer(Expression.Outer outer, int depth) {
            return outer;
        }

        default Bind bind(Bind bind) {
            return bind;
        }
    }

    private final Change change;
    private final ExpressionRewriter expressions;
    private final ConditionRewriter conditions;
    private int depth;

    private Rewriter(Change change) {
        this.change = change;
        expressions = new ExpressionRewriter(this);
        conditions = new ConditionRewriter(this);
    }

    /**
     * For a tree that is placed inside that many more SELECTs than it was built for: what refers to a level outside of it
     * must step further out.
     */
    public static Rewriter shifting(int by) {
        return new Rewriter(new Change() {
            @Override
            public int up(int up, int depth) {
                return up >= depth ? up + by : up;
            }
        });
    }

    /**
     * For a sub-select that is placed into a query: its outer names become what they mean there, those of queries further out
     * come one level nearer.
     *
     * @param meaning the expression for a name, as it would stand in that query itself
     */
    public static Rewriter resolving(Function<String, Expression> meaning) {
        return new Rewriter(new Change() {
            @Override
            public Expression outer(Expression.Outer outer, int depth) {
                if (depth == 0) {
                    return outer;
                }
                return outer.levels() > 1
                        ? new Expression.Outer(outer.key(), outer.levels() - 1)
                        : shifting(depth).apply(meaning.apply(outer.key()));
            }
        });
    }

    /** For a tree that was built against the row at the end of a way: its columns become those of that row. */
    public static Rewriter prefixing(Path prefix) {
        return new Rewriter(new Change() {
            @Override
            public Path path(Path path, int up, int depth) {
                return up == depth ? prefix.then(path) : path;
            }

            @Override
            public boolean entersWay(int up, int depth) {
                return up <= depth;
            }
        });
    }

    /** For a tree in which values stand several times: each gets an instance of its own. */
    static Rewriter separatingBinds() {
        return new Rewriter(new Change() {
            @Override
            public Bind bind(Bind bind) {
                return new Bind(bind.value());
            }
        });
    }

    /** The changed expression. */
    public Expression apply(Expression expression) {
        return expression.accept(expressions);
    }

    /** The changed condition. */
    public Condition apply(Condition condition) {
        return condition.accept(conditions);
    }

    /** The changed term of an order. */
    public Ordering apply(Ordering ordering) {
        if (!(ordering instanceof Ordering.By by)) {
            return ordering;
        }
        Expression expression = apply(by.expression());
        return expression == by.expression() ? by : new Ordering.By(expression, by.descending(), by.nulls());
    }

    /** The changed SELECT; the level around it is 0. */
    public Select apply(Select select) {
        depth++;
        Source source = source(select.source());
        List<Expression> columns = expressions(select.columns());
        Condition where = apply(select.where());
        List<Expression> groups = expressions(select.groups());
        Condition having = apply(select.having());
        List<Ordering> order = order(select.order());
        @Nullable Bind limit = select.limit() == null ? null : bind(select.limit());
        @Nullable Bind offset = select.offset() == null ? null : bind(select.offset());
        depth--;
        boolean same = source == select.source()
                && columns == select.columns()
                && where == select.where()
                && groups == select.groups()
                && having == select.having()
                && order == select.order()
                && limit == select.limit()
                && offset == select.offset();
        return same
                ? select
                : new Select(source, select.distinct(), columns, where, groups, having, order, limit, offset);
    }

    private Source source(Source source) {
        if (source instanceof Source.Derived derived) {
            Select select = apply(derived.select());
            return select == derived.select() ? derived : new Source.Derived(select, derived.names());
        }
        if (source instanceof Source.Compound compound) {
            List<Select> parts = each(compound.parts(), this::apply);
            return parts == compound.parts()
                    ? compound
                    : new Source.Compound(compound.operation(), parts, compound.names());
        }
        if (source instanceof Source.Elements elements) {
            Bind list = bind(elements.list());
            return list == elements.list() ? elements : new Source.Elements(list);
        }
        return source;
    }

    @Nullable Expression optional(@Nullable Expression expression) {
        return expression == null ? null : apply(expression);
    }

    List<Expression> expressions(List<Expression> list) {
        return each(list, this::apply);
    }

    List<Condition> conditions(List<Condition> list) {
        return each(list, this::apply);
    }

    List<Ordering> order(List<Ordering> list) {
        return each(list, this::apply);
    }

    /** The changed elements; the same list when all are the same. */
    static <E> List<E> each(List<E> list, UnaryOperator<E> rewrite) {
        @Nullable List<E> changed = null;
        for (int i = 0; i < list.size(); i++) {
            E before = list.get(i);
            E after = rewrite.apply(before);
            if (after != before && changed == null) {
                changed = new ArrayList<>(list);
            }
            if (changed != null) {
                changed.set(i, after);
            }
        }
        return changed == null ? list : changed;
    }

    int up(int up) {
        return change.up(up, depth);
    }

    Bind bind(Bind bind) {
        return change.bind(bind);
    }

    Expression outer(Expression.Outer outer) {
        return change.outer(outer, depth);
    }

    /** The changed way, whose root lies that many levels further out; its conditions stand at the level of that root. */
    Path path(Path path, int up) {
        List<Hop> hops = path.hops();
        if (change.entersWay(up, depth)) {
            int before = depth;
            depth -= up;
            hops = each(hops, this::hop);
            depth = before;
        }
        Path same = hops == path.hops() ? path : new Path(hops);
        return change.path(same, up, depth);
    }

    private Hop hop(Hop hop) {
        if (!hop.hasCondition()) {
            return hop;
        }
        Condition on = apply(hop.on());
        return on == hop.on() ? hop : hop.on(on, hop.name());
    }
}
