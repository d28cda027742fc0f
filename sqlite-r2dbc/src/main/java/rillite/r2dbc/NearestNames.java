package rillite.r2dbc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names most like a mistyped one; case and underscores do not count. */
final class NearestNames {
    private static final int SHOWN = 3;

    private NearestNames() {}

    /** At most three names within an edit distance of max(2, length / 3), nearest first. */
    static List<String> of(String name, List<String> known) {
        String wanted = fold(name);
        int limit = Math.max(2, wanted.length() / 3);
        record Near(String name, int distance) {}
        List<Near> near = new ArrayList<>();
        for (String candidate : known) {
            int distance = distance(wanted, fold(candidate), limit);
            if (distance <= limit) {
                near.add(new Near(candidate, distance));
            }
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Near::distance))
                .map(Near::name)
                .distinct()
                .limit(SHOWN)
                .toList();
    }

    private static String fold(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static int distance(String left, String right, int limit) {
        if (Math.abs(left.length() - right.length()) > limit) {
            return limit + 1;
        }
        int[] above = new int[right.length() + 1];
        int[] line = new int[right.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            line[0] = i;
            for (int j = 1; j < line.length; j++) {
                int replace = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                line[j] = Math.min(replace, 1 + Math.min(above[j], line[j - 1]));
            }
            int[] spare = above;
            above = line;
            line = spare;
        }
        return above[right.length()];
    }
}
