package rillite.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text in which {@code *} stands for any text; upper and lower case of ASCII letters are the same, as for SQLite. */
final class Wildcard {

    private final Pattern pattern;

    private Wildcard(Pattern pattern) {
        this.pattern = pattern;
    }

    static Wildcard of(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("\\*", -1)) {
            parts.add(Pattern.quote(part));
        }
        return new Wildcard(Pattern.compile(String.join(".*", parts), Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
    }

    boolean fits(String name) {
        return pattern.matcher(name).matches();
    }
}
