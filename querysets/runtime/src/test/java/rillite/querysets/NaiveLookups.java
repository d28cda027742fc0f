package rillite.querysets;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lookups in words of Java, for values that are longs, texts or null. */
final class NaiveLookups {

    private NaiveLookups() {}

    static @Nullable Boolean holds(String lookup, @Nullable Object left, @Nullable Object right) {
        if (lookup.equals("isnull")) {
            return (left == null) == (Boolean) Objects.requireNonNull(right);
        }
        if (lookup.equals("in")) {
            Collection<?> values = (Collection<?>) Objects.requireNonNull(right);
            if (values.stream().allMatch(Objects::isNull)) {
                return false;
            }
            return left == null ? null : values.contains(left);
        }
        if (left == null || right == null) {
            return null;
        }
        return switch (lookup) {
            case "exact" -> left.equals(right);
            case "gt" -> compare(left, right) > 0;
            case "gte" -> compare(left, right) >= 0;
            case "lt" -> compare(left, right) < 0;
            case "lte" -> compare(left, right) <= 0;
            case "range" ->
                compare(left, ((List<?>) right).get(0)) >= 0 && compare(left, ((List<?>) right).get(1)) <= 0;
            case "contains" -> left.toString().contains(right.toString());
            case "startswith" -> left.toString().startsWith(right.toString());
            case "endswith" -> left.toString().endsWith(right.toString());
            case "iexact" -> folded(left).equals(folded(right));
            case "icontains" -> folded(left).contains(folded(right));
            case "istartswith" -> folded(left).startsWith(folded(right));
            case "iendswith" -> folded(left).endsWith(folded(right));
            default -> throw new IllegalStateException(lookup);
        };
    }

    private static String folded(Object text) {
        return text.toString().toLowerCase(Locale.ROOT);
    }

    /** As SQLite sorts with BINARY: by code points. */
    static int compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        int[] a = left.toString().codePoints().toArray();
        int[] b = right.toString().codePoints().toArray();
        return java.util.Arrays.compare(a, b);
    }
}
