package rillite.querysets;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds names that someone may have meant: for messages that say which ones there are. */
public final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    private record Candidate(String name, int distance) {}

    /** Up to three names within a distance of max(2, length / 3), nearest first; case and underscores do not count. */
    public static List<String> of(String wanted, Collection<String> names) {
        String folded = fold(wanted);
        int limit = Math.max(2, folded.length() / 3);
        return names.stream()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= limit + 2)
                .map(name -> new Candidate(name, distance(folded, fold(name))))
                .filter(candidate -> candidate.distance <= limit && candidate.distance < folded.length())
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** A sentence that offers the nearest names, or an empty text. */
    public static String hint(List<String> nearest) {
        return nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
    }

    private static String fold(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Damerau-Levenshtein in its common form: insert, delete, replace, swap of neighbours. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
