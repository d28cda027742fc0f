package rillite.querysets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Simple Unicode case folding: one code point for one code point. */
final class CaseFold {

    private static final int FIRST = 0x80;
    private static final int LAST = 0x1FFFF;
    private static final int DOTTED_CAPITAL_I = 0x130;
    private static final int DOTLESS_SMALL_I = 0x131;

    private CaseFold() {}

    /** Built when a needle outside of ASCII is first met. */
    private static final class Variants {
        static final Map<Integer, List<String>> BY_FOLDED = new HashMap<>();

        static {
            for (int point = FIRST; point <= LAST; point++) {
                int folded = fold(point);
                if (folded != point) {
                    BY_FOLDED.computeIfAbsent(folded, key -> new ArrayList<>()).add(Character.toString(point));
                }
            }
        }
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < FIRST);
    }

    static int fold(int point) {
        if (point == DOTTED_CAPITAL_I || point == DOTLESS_SMALL_I) {
            return point;
        }
        return Character.toLowerCase(Character.toUpperCase(point));
    }

    static String fold(String text) {
        if (isFolded(text)) {
            return text;
        }
        return text.codePoints()
                .map(CaseFold::fold)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isFolded(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= FIRST || c >= 'A' && c <= 'Z') {
                return false;
            }
        }
        return true;
    }

    /** The code points outside of ASCII that fold to the given one, without itself. */
    static List<String> variants(int folded) {
        return Variants.BY_FOLDED.getOrDefault(folded, List.of());
    }
}
