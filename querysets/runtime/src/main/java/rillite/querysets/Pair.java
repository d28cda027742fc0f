package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key and its value, as written in a call. */
record Pair(KeyPath path, @Nullable Object value) {

    Pair(String key, @Nullable Object value) {
        this(KeyPath.of(key), value);
    }

    String key() {
        return path.text();
    }

    static List<Pair> of(String key, @Nullable Object value, @Nullable Object... more) {
        if (more.length % 2 != 0) {
            throw Errors.invalidQuery(
                    "Keys and values must come in pairs; the last key after \"" + key + "\" has no value.");
        }
        List<Pair> pairs = new ArrayList<>(1 + more.length / 2);
        pairs.add(new Pair(key, value));
        for (int i = 0; i < more.length; i += 2) {
            if (!(more[i] instanceof String next)) {
                throw Errors.invalidQuery("Argument " + (i + 3) + " of the call that begins with \"" + key
                        + "\" must be a key, a String.");
            }
            pairs.add(new Pair(next, more[i + 1]));
        }
        return pairs;
    }

    static List<Pair> of(Map<String, ? extends @Nullable Object> map) {
        List<Pair> pairs = new ArrayList<>(map.size());
        map.forEach((key, value) -> pairs.add(new Pair(key, value)));
        return pairs;
    }
}
