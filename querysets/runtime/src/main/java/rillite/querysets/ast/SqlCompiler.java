package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;

/**
 * Turns trees into SQL text and binds; the same tree always gives the same text.
 *
 * <p>Texts are cached by the shape of the tree, which contains no values. May be shared by threads.
 */
public final class SqlCompiler {

    private final ShapeCache cache;
    private final Limits limits;

    /** Creates a compiler that remembers the given number of recently used shapes, at least 1. */
    public SqlCompiler(int rememberedShapes) {
        this(rememberedShapes, IllegalStateException::new);
    }

    /**
     * Creates a compiler.
     *
     * @param rememberedShapes how many recently used shapes are kept, at least 1
     * @param refusal makes the error for a query that SQLite would find too large, or in which a name of an outer query
     *     stands outside of a sub-query
     */
    public SqlCompiler(int rememberedShapes, Function<String, ? extends RuntimeException> refusal) {
        limits = new Limits(refusal);
        cache = new ShapeCache(rememberedShapes);
    }

    /** Compiles a query. */
    public SqlText compile(Select select) {
        ShapeWalk walk = new ShapeWalk(limits).select(select);
        ShapeCache.Entry known = cache.find(walk.shape());
        if (known != null) {
            return text(known, walk.binds());
        }
        // A tree in which a value stands twice is compiled as one in which it does not.
        return places(walk).size() < walk.binds().size()
                ? once(Rewriter.separatingBinds().apply(select))
                : made(walk, renderer -> renderer.select(select));
    }

    private SqlText once(Select select) {
        ShapeWalk walk = new ShapeWalk(limits).select(select);
        ShapeCache.Entry known = cache.find(walk.shape());
        return known != null ? text(known, walk.binds()) : made(walk, renderer -> renderer.select(select));
    }

    /** Compiles a statement that writes. */
    public SqlText compile(Write write) {
        ShapeWalk walk = new ShapeWalk(limits);
        write.accept(new WriteWalk(walk));
        ShapeCache.Entry known = cache.find(walk.shape());
        return known != null ? text(known, walk.binds()) : made(walk, renderer -> renderer.write(write));
    }

    /** Compiles the statement that asks SQLite for its plan of a query. */
    public SqlText explain(Select select) {
        SqlText text = compile(select);
        return new SqlText("EXPLAIN QUERY PLAN " + text.sql(), text.binds());
    }

    /** Where each value stands in the walk, by identity. */
    private static Map<Bind, Integer> places(ShapeWalk walk) {
        Map<Bind, Integer> places = new IdentityHashMap<>();
        for (Bind bind : walk.binds()) {
            places.put(bind, places.size());
        }
        return places;
    }

    private SqlText made(ShapeWalk walk, Consumer<SqlRenderer> rendering) {
        Map<Bind, Integer> places = places(walk);
        SqlRenderer renderer = new SqlRenderer(walk.levels(), walk.shape().tableNames());
        rendering.accept(renderer);
        ShapeCache.Entry entry = new ShapeCache.Entry(
                renderer.sql().toString(),
                renderer.binds().stream().mapToInt(places::get).toArray());
        // A bind that stands twice in the tree would tie two markers to one place for all trees of this shape.
        if (places.size() == walk.binds().size()) {
            cache.put(walk.shape(), entry);
            return text(entry, walk.binds());
        }
        return new SqlText(entry.sql(), values(renderer.binds()));
    }

    private static SqlText text(ShapeCache.Entry entry, List<Bind> binds) {
        int[] order = entry.order();
        @Nullable Object[] values = new @Nullable Object[order.length];
        for (int i = 0; i < order.length; i++) {
            values[i] = binds.get(order[i]).value();
        }
        return new SqlText(entry.sql(), Arrays.asList(values));
    }

    private static List<@Nullable Object> values(List<Bind> binds) {
        List<@Nullable Object> values = new ArrayList<>(binds.size());
        for (Bind bind : binds) {
            values.add(bind.value());
        }
        return values;
    }
}
