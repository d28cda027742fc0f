package rillite.codegen;

import java.util.List;
import java.util.Locale;

/** English nouns, as far as names of tables need them. */
final class Words {

    /** The plural is the singular, or the singular ends in s as well. */
    private static final List<String> SAME = List.of(
            "analysis",
            "atlas",
            "bias",
            "canvas",
            "corps",
            "gas",
            "lens",
            "means",
            "news",
            "sales",
            "series",
            "species");

    /** Endings that lose two letters: addresses, boxes, branches, dishes, statuses, campuses, bonuses, viruses. */
    private static final List<String> ES = List.of("sses", "xes", "ches", "shes", "tuses", "puses", "nuses", "ruses");

    /** Words that lose one letter although they end like others. */
    private static final List<String> E = List.of("axes", "caches", "calories", "cookies", "movies", "zombies");

    private Words() {}

    /** The last word of a name in the singular; a name that is no plural stays. */
    static String singular(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.endsWith("s")
                || lower.endsWith("ss")
                || lower.endsWith("us")
                || lower.endsWith("is")
                || endsWithOne(lower, SAME)) {
            return name;
        }
        boolean one = endsWithOne(lower, E);
        if (!one && lower.length() > 4 && lower.endsWith("ies")) {
            return cut(name, 3) + (Character.isUpperCase(name.charAt(name.length() - 1)) ? "Y" : "y");
        }
        String singular = cut(name, !one && ES.stream().anyMatch(lower::endsWith) ? 2 : 1);
        return singular.isEmpty() ? name : singular;
    }

    private static String cut(String name, int letters) {
        return name.substring(0, name.length() - letters);
    }

    /** Whether it is one of the words, or ends with it after what divides words. */
    private static boolean endsWithOne(String lower, List<String> words) {
        return words.stream().anyMatch(word -> {
            int before = lower.length() - word.length() - 1;
            return lower.endsWith(word) && (before < 0 || !Character.isLetter(lower.charAt(before)));
        });
    }
}
