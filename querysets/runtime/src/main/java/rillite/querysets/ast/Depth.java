package rillite.querysets.ast;

/** How deep the expressions of a statement nest, counted as SQLite does. */
final class Depth {

    private final Limits limits;
    private int depth;
    private int deepest;
    private int inner;
    private int selects;

    Depth(Limits limits) {
        this.limits = limits;
    }

    void down(int by) {
        depth += by;
        deepest = Math.max(deepest, depth);
        limits.checkDepth(depth);
    }

    void up(int by) {
        depth -= by;
    }

    /** Reads the parts of a SELECT. To an expression inside, SQLite adds the depths of all SELECTs around it. */
    Outside enter() {
        Outside outside = new Outside(deepest, inner);
        deepest = depth;
        inner = 0;
        limits.checkSelects(++selects);
        return outside;
    }

    /** The end of what {@link #enter} began. */
    void leave(Outside outside) {
        selects--;
        int own = deepest - depth + inner;
        limits.checkDepth(own);
        deepest = Math.max(outside.deepest, deepest);
        inner = Math.max(outside.inner, own);
    }

    /** What is known of the expressions around a SELECT. */
    record Outside(int deepest, int inner) {}

    /** Reads what stands in FROM, where expressions start afresh. */
    void afresh(Runnable parts) {
        int depthBefore = depth;
        int deepestBefore = deepest;
        depth = 0;
        parts.run();
        depth = depthBefore;
        deepest = deepestBefore;
    }
}
