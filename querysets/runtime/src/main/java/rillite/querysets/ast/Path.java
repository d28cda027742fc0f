package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from the root of a SELECT to a row that is joined to it. Equal paths share one join.
 *
 * @param hops the joins in order; empty for the root itself
 */
public record Path(List<Hop> hops) {

    /** The root of the SELECT. */
    public static final Path ROOT = new Path(List.of());

    public Path {
        hops = List.copyOf(hops);
    }

    /** This way, one join further. */
    public Path then(Hop hop) {
        List<Hop> more = new ArrayList<>(hops);
        more.add(hop);
        return new Path(more);
    }

    /** This way, and another one from where it ends. */
    public Path then(Path rest) {
        if (rest.isRoot() || isRoot()) {
            return isRoot() ? rest : this;
        }
        List<Hop> more = new ArrayList<>(hops);
        more.addAll(rest.hops);
        return new Path(more);
    }

    /** The way without its last join. */
    public Path parent() {
        return new Path(hops.subList(0, hops.size() - 1));
    }

    /** Whether this way begins with all joins of another one. */
    public boolean startsWith(Path other) {
        int size = other.hops.size();
        return size <= hops.size() && hops.subList(0, size).equals(other.hops);
    }

    public boolean isRoot() {
        return hops.isEmpty();
    }

    /** The last join. */
    public Hop last() {
        return hops.get(hops.size() - 1);
    }

    /** Whether a row at the end of the way may be missing, so that all its columns are NULL. */
    public boolean mayBeAbsent() {
        for (Hop hop : hops) {
            if (hop.mayBeAbsent()) {
                return true;
            }
        }
        return false;
    }
}
