package rillite.querysets;

import java.util.List;
import java.util.function.Predicate;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Path;

/** Turns terms such as {@code -age} into an order. */
final class Orderings {

    private final Names names;
    private final Predicate<Path> repeats;

    Orderings(Names names) {
        this(names, path -> false);
    }

    /**
     * For a query whose rows may repeat.
     *
     * @param repeats whether they do for the rows at the end of a way, so that they may be sorted by them
     */
    Orderings(Names names, Predicate<Path> repeats) {
        this.names = names;
        this.repeats = repeats;
    }

    /** The terms of a key, with a leading minus for descending, or {@code ?} for random. */
    List<Ordering> of(String term) {
        if (term.equals("?")) {
            return List.of(new Ordering.Random());
        }
        Position root = names.root();
        boolean descending =
                term.startsWith("-") && (root == null || root.model().find(term) == null);
        KeyPath key = KeyPath.of(descending ? term.substring(1) : term);
        return values(key).stream()
                .<Ordering>map(value -> new Ordering.By(value, descending, null))
                .toList();
    }

    /** What a key stands for: one value, or the columns of a key. */
    List<Expression> values(KeyPath key) {
        Reached reached = names.reach(key);
        if (reached instanceof Reached.Many many
                && repeats.test(names.join(many).path())) {
            return List.of(new Expressions(names).joined(key, "order by").expression());
        }
        boolean several = reached instanceof Reached.Keys keys && keys.left().size() > 1 && keys.next() == key.size();
        return several
                ? ((Reached.Keys) reached).left()
                : List.of(new Expressions(names).value(key, reached, "order by").expression());
    }
}
