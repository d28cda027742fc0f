package rillite.r2dbc;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of one SQL text while it is scanned, numbered from 1 as SQLite numbers them in one statement. */
final class ParameterSpace {
    /** The highest number SQLite gives a parameter. */
    static final int LIMIT = 250_000;

    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final BitSet used = new BitSet();
    private final BitSet positional = new BitSet();
    private int largest;

    /** The number of a bare {@code ?}: one more than the largest so far. */
    int next() {
        int number = take(largest + 1);
        positional.set(number - 1);
        return number;
    }

    /** The number written in {@code ?NNN} or {@code $NNN}. */
    int numbered(int number) {
        take(number);
        positional.set(number - 1);
        return number;
    }

    /** The number of a name, prefix included: the old one, or one more than the largest so far. */
    int named(String name) {
        Integer known = names.get(name);
        if (known != null) {
            return known;
        }
        int number = take(largest + 1);
        names.put(name, number);
        return number;
    }

    int largest() {
        return largest;
    }

    BitSet used() {
        return used;
    }

    ParameterNames names() {
        return new ParameterNames(names, positional);
    }

    private int take(int number) {
        if (number > LIMIT) {
            throw new IllegalArgumentException("The SQL uses more than " + LIMIT + " parameters");
        }
        used.set(number - 1);
        largest = Math.max(largest, number);
        return number;
    }
}
