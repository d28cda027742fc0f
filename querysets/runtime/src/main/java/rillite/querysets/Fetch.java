package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A relation to be loaded, with a say in which rows and in what is loaded behind them. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 * @param <B> table of the related rows
 */
public final class Fetch<R, B extends Table<?, ?>> implements Related<R> {

    private final Table<R, ?> root;
    private final KeyPath path;
    private final B target;
    private final @Nullable UnaryOperator<QuerySet<Row>> query;
    private final List<Related<?>> behind;

    Fetch(
            Table<R, ?> root,
            KeyPath path,
            B target,
            @Nullable UnaryOperator<QuerySet<Row>> query,
            List<Related<?>> behind) {
        this.root = root;
        this.path = path;
        this.target = target;
        this.query = query;
        this.behind = List.copyOf(behind);
    }

    /** Loads a relation of the related rows too. */
    public Fetch<R, B> then(Function<? super B, ? extends Related<?>> further) {
        List<Related<?>> more = new ArrayList<>(behind);
        more.add(further.apply(target));
        return new Fetch<>(root, path, target, query, more);
    }

    /** The table of the query that loads it. */
    static <R> Table<R, ?> root(Related<R> relation) {
        if (relation instanceof Table<R, ?> table) {
            return table.root();
        }
        return relation instanceof ToMany<R, ?, ?> many ? many.root() : ((Fetch<R, ?>) relation).root;
    }

    static List<Prefetch> prefetches(Related<?> relation, Related<?>... more) {
        List<Prefetch> prefetches = new ArrayList<>();
        add(prefetches, List.of(), relation);
        for (Related<?> one : more) {
            add(prefetches, List.of(), one);
        }
        return prefetches;
    }

    /** The path of a relation from the root of the query. */
    static KeyPath path(Related<?> relation) {
        if (relation instanceof Table<?, ?> table) {
            if (table.way().isEmpty()) {
                throw Errors.invalidQuery("\"" + table + "\" is the table of the query itself, not a relation of it.");
            }
            return KeyPath.of(table.way());
        }
        if (relation instanceof ToMany<?, ?, ?> many) {
            if (many.filter() != null) {
                throw Errors.invalidQuery(
                        "\"" + many + "\" is narrowed for conditions; to load some of the rows use with(..).");
            }
            return many.path();
        }
        return ((Fetch<?, ?>) relation).path;
    }

    private static void add(List<Prefetch> prefetches, List<String> way, Related<?> relation) {
        List<String> segments = new ArrayList<>(way);
        segments.addAll(path(relation).segments());
        KeyPath whole = KeyPath.of(segments);
        if (!(relation instanceof Fetch<?, ?> fetch)) {
            prefetches.add(Prefetch.of(whole, null));
        } else if (fetch.query == null) {
            prefetches.add(Prefetch.of(whole, null));
            fetch.behind.forEach(further -> add(prefetches, segments, further));
        } else {
            UnaryOperator<QuerySet<Row>> query = fetch.query;
            List<Prefetch> further = new ArrayList<>();
            fetch.behind.forEach(one -> add(further, List.of(), one));
            prefetches.add(
                    Prefetch.of(whole, rows -> query.apply(rows).prefetchRelated(further.toArray(new Prefetch[0]))));
        }
    }

    @Override
    public String toString() {
        return path.text();
    }
}
