package rillite.r2dbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds the known names nearest to a wanted one, for "did you mean".
 *
 * <p>Case and underscores are folded first; then insertions, deletions, substitutions and swaps of neighbours count 1
 * each, and up to max(2, length / 3) of them are forgiven. Names of more than 128 characters only match when folded
 * equal.
 */
final class Nearest {
    private static final int MOST = 3;
    private static final int LONGEST = 128;

    private Nearest() {}

    /** At most three names, nearest first, ties in alphabetical order; empty if none is near. */
    static List<String> of(String wanted, Collection<String> known) {
        String target = fold(wanted);
        int bound = Math.max(2, target.length() / 3);
        record Candidate(String name, int distance) {}
        List<Candidate> near = new ArrayList<>();
        for (String name : known) {
            int distance = distance(target, fold(name), bound);
            if (distance <= bound && distance < target.length()) {
                near.add(new Candidate(name, distance));
            }
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name)
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** Lower case without underscores and hyphens. */
    static String fold(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static int distance(String a, String b, int bound) {
        if (a.equals(b)) {
            return 0;
        }
        if (Math.abs(a.length() - b.length()) > bound || Math.max(a.length(), b.length()) > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[] twoBack = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, twoBack[j - 2] + 1);
                }
                current[j] = best;
            }
            int[] free = twoBack;
            twoBack = previous;
            previous = current;
            current = free;
        }
        return previous[b.length()];
    }
}
