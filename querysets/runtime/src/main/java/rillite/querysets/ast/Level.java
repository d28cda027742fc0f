package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one SELECT, or one statement that writes, needs beside its text: its joins, each distinct way from the root once.
 *
 * <p>The root has the index 0, joins count from 1. While the condition of a join is read that join is open: the same
 * join without its condition means the open one, because a condition cannot contain itself.
 */
final class Level {

    static final int ROOT = 0;

    /** Learns of each join when it is found first. */
    interface Reader {
        void joined(int parent, Hop hop);

        void condition(Level level, Condition on);
    }

    private record Join(int parent, Hop hop) {}

    private final @Nullable Level around;
    private final boolean joinable;
    private final Limits limits;
    private List<Join> joins = List.of();
    private List<Integer> order = List.of();
    private int open;
    private boolean rootUsed;
    private boolean correlated;

    private Level(@Nullable Level around, boolean joinable, Limits limits) {
        this.around = around;
        this.joinable = joinable;
        this.limits = limits;
    }

    static Level ofSelect(@Nullable Level around, Limits limits) {
        return new Level(around, true, limits);
    }

    static Level ofWrite(Limits limits) {
        return new Level(null, false, limits);
    }

    /** The level that many steps outwards; notes that those in between depend on it. */
    Level outward(int up) {
        Level level = this;
        for (int step = 0; step < up; step++) {
            level.correlated = true;
            if (level.around == null) {
                throw new IllegalStateException(
                        "An expression refers " + up + " queries outwards, but only " + step + " stand around it.");
            }
            level = level.around;
        }
        return level;
    }

    /** Finds the last join of a way, adding what is new; the reader hears of parents before children. */
    int index(Path path, Reader reader) {
        rootUsed = true;
        int at = ROOT;
        List<Hop> hops = path.hops();
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            int known = find(at, hop);
            at = known < 0 ? add(at, hop, reader) : known;
        }
        return at;
    }

    /** Finds the last join of a way that is known. */
    int index(Path path) {
        int at = ROOT;
        for (Hop hop : path.hops()) {
            at = find(at, hop);
            if (at < 0) {
                throw new IllegalStateException("The join of " + hop.table().name() + " was not read.");
            }
        }
        return at;
    }

    private int find(int parent, Hop hop) {
        if (open > 0
                && joins.get(open - 1).parent == parent
                && joins.get(open - 1).hop.isMeantBy(hop)) {
            return open;
        }
        for (int i = 0; i < joins.size(); i++) {
            Join join = joins.get(i);
            if (join.parent == parent && join.hop.equals(hop)) {
                return i + 1;
            }
        }
        return -1;
    }

    private int add(int parent, Hop hop, Reader reader) {
        check(parent, hop);
        if (joins.isEmpty()) {
            joins = new ArrayList<>();
            order = new ArrayList<>();
        }
        joins.add(new Join(parent, hop));
        int index = joins.size();
        reader.joined(parent, hop);
        if (hop.hasCondition()) {
            int before = open(index);
            reader.condition(this, hop.on());
            open(before);
        }
        order.add(index);
        return index;
    }

    private void check(int parent, Hop hop) {
        if (!joinable) {
            throw new IllegalStateException("A statement that writes cannot join "
                    + hop.table().name() + ": its rows must be found by a sub-select of their keys.");
        }
        if (parent != ROOT && !order.contains(parent)) {
            throw new IllegalStateException("The condition of the join of "
                    + hop(parent).table().name() + " reads " + hop.table().name() + ", which is joined after it.");
        }
        limits.checkTables(joins.size() + 2);
    }

    /** Opens a join, 0 for none, and returns which one was open. */
    int open(int index) {
        int before = open;
        open = index;
        return before;
    }

    /** Notes that a column of the root is read. */
    void useRoot() {
        rootUsed = true;
    }

    boolean isRootUsed() {
        return rootUsed;
    }

    /** Whether something in here refers to a query further out. */
    boolean isCorrelated() {
        return correlated;
    }

    int joinCount() {
        return joins.size();
    }

    /** The joins in the order in which they must stand: what a join or its condition reads comes before it. */
    List<Integer> joinOrder() {
        return order;
    }

    Hop hop(int index) {
        return joins.get(index - 1).hop;
    }

    int parent(int index) {
        return joins.get(index - 1).parent;
    }
}
