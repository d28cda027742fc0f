package rillite.r2dbc;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the names a caller probably meant; case and underscores do not count. */
final class NearNames {
    private static final int LONGEST = 64;

    private NearNames() {}

    /** The members of {@code known} within an edit distance of max(2, length / 3), nearest first, at most three. */
    static List<String> of(String wanted, Collection<String> known) {
        String folded = fold(wanted);
        int limit = Math.max(2, folded.length() / 3);
        Map<String, Integer> distances = new HashMap<>();
        for (String name : known) {
            String candidate = fold(name);
            int distance = distance(folded, candidate);
            if (distance <= limit && distance < Math.max(folded.length(), candidate.length())) {
                distances.put(name, distance);
            }
        }
        return distances.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .limit(3)
                .toList();
    }

    private static String fold(String name) {
        String folded = name.replace("_", "").toLowerCase(Locale.ROOT);
        return folded.length() > LONGEST ? folded.substring(0, LONGEST) : folded;
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
