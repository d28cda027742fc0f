package rillite.querysets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The last part of a key: how the value is compared. */
enum Lookup {
    EXACT,
    IEXACT,
    CONTAINS,
    ICONTAINS,
    STARTSWITH,
    ISTARTSWITH,
    ENDSWITH,
    IENDSWITH,
    LIKE,
    GT,
    GTE,
    LT,
    LTE,
    RANGE,
    IN,
    ISNULL,
    REGEX,
    IREGEX,
    /** Of full-text tables. */
    MATCH;

    private static final Map<String, Lookup> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Lookup::key, Function.identity()));

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in keys. */
    String key() {
        return key;
    }

    static @Nullable Lookup find(String name) {
        return BY_NAME.get(name);
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Lookup::key).toList();
    }
}
