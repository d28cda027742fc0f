package rillite.querysets;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import rillite.r2dbc.SqliteFunction;

/** The function {@code regexp}. Runs on lane threads; compiled patterns are shared by them. */
final class Regexp implements SqliteFunction.Body {

    /** What makes a pattern ignore case in all of Unicode. */
    static final String IGNORE_CASE = "(?iu)";

    private static final int REMEMBERED = 64;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final long longest;
    private final Map<String, Pattern> patterns = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** The pattern of the row before, which is nearly always that of this one. */
    private volatile @Nullable Pattern recent;

    Regexp() {
        this(LONGEST);
    }

    Regexp(Duration longest) {
        this.longest = longest.toNanos();
    }

    /**
     * Checks a pattern before it is sent.
     *
     * @throws InvalidValueException it is no pattern
     */
    static void check(String pattern, String label) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            String place = e.getIndex() < 0 ? "" : " at position " + e.getIndex();
            throw new InvalidValueException(
                    "Invalid value for " + label + ": no regular expression, " + e.getDescription() + place
                            + ". Patterns are those of java.util.regex.Pattern; Pattern.quote(..) takes a text literally.",
                    e);
        }
    }

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) throws InvalidValueException {
        Object pattern = arguments[0];
        Object text = arguments[1];
        if (pattern == null || text == null) {
            return null;
        }
        if (text instanceof byte[] || !(pattern instanceof String wanted)) {
            return false;
        }
        try {
            DeadlineText read = new DeadlineText(text.toString(), System.nanoTime() + longest);
            return compiled(wanted).matcher(read).find();
        } catch (PatternSyntaxException e) {
            throw new InvalidValueException("regexp got no regular expression: " + e.getDescription() + ".", e);
        } catch (StackOverflowError | CancellationException e) {
            throw new InvalidValueException("regexp took too long or too much memory for one text.", null);
        }
    }

    private Pattern compiled(String pattern) {
        Pattern known = recent;
        if (known == null || !known.pattern().equals(pattern)) {
            known = patterns.computeIfAbsent(pattern, Pattern::compile);
            recent = known;
        }
        return known;
    }
}
