package rillite.querysets;

import static rillite.querysets.ast.Condition.Comparison.EQUAL;
import static rillite.querysets.ast.Condition.Comparison.GREATER;
import static rillite.querysets.ast.Condition.Comparison.GREATER_OR_EQUAL;
import static rillite.querysets.ast.Condition.Comparison.LESS;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Collated;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Expression.Number;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Text;
import rillite.querysets.schema.Affinity;
import rillite.querysets.schema.ColumnType;

/**
 * Lookups that compare parts of a text. The plain ones are case-sensitive, those with an i fold case.
 *
 * <p>SQLite folds only ASCII. Where connections lack our function, it is enough for other needles to fold those code
 * points of the column that fold to a code point of the needle, which {@code replace} can do.
 */
final class TextLookups {

    // The driver lets LIKE patterns have 1,000 bytes, and escaping may double a needle.
    private static final int LONGEST_PATTERN = 498;

    private final Names names;
    private final Operand left;
    private final Lookup lookup;

    TextLookups(Names names, Operand left, Lookup lookup) {
        this.names = names;
        this.left = left;
        this.lookup = lookup;
    }

    Condition build(Object value) {
        if (!Lookups.readsAsText(left.type())) {
            throw Errors.unfitLookup(
                    lookup.key(), left.key(), left.label(), left.type().name());
        }
        Expression right = names.right(value);
        if (right != null) {
            return against(left.expression(), right, lookup);
        }
        String needle = (String) ValueEncoder.compared(value, ColumnType.TEXT, left);
        if (needle.isEmpty() && lookup != Lookup.IEXACT && lookup != Lookup.LIKE) {
            return new Condition.IsNull(left.expression(), true);
        }
        return switch (lookup) {
            case CONTAINS -> contains(left.expression(), new Bind(needle));
            case STARTSWITH -> startsWith(needle);
            case ENDSWITH -> endsWith(left.expression(), needle);
            case LIKE -> new Condition.Like(left.expression(), new Bind(needle));
            case IEXACT ->
                CaseFold.isAscii(needle)
                        ? new Condition.Compare(
                                EQUAL, left.expression(), new Collated(new Bind(needle), Expression.Collation.NOCASE))
                        : equal(folded(needle), CaseFold.fold(needle));
            case ICONTAINS ->
                isPattern(needle) ? like("%", needle, "%") : contains(folded(needle), new Bind(CaseFold.fold(needle)));
            case ISTARTSWITH ->
                isPattern(needle) ? like("", needle, "%") : startsWith(folded(needle), CaseFold.fold(needle));
            case IENDSWITH ->
                isPattern(needle) ? like("%", needle, "") : endsWith(folded(needle), CaseFold.fold(needle));
            default -> throw new IllegalStateException("not a text lookup: " + lookup);
        };
    }

    private static boolean isPattern(String needle) {
        return CaseFold.isAscii(needle) && needle.length() <= LONGEST_PATTERN;
    }

    private Condition like(String before, String needle, String after) {
        String escaped = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return new Condition.Like(left.expression(), new Bind(before + escaped + after));
    }

    private static Condition contains(Expression text, Expression needle) {
        return new Condition.Compare(GREATER, new Call(Function.INSTR, text, needle), new Number(0));
    }

    private Condition startsWith(String needle) {
        if (left.affinity() != Affinity.TEXT || !left.ordered()) {
            return startsWith(left.expression(), needle);
        }
        Expression text =
                left.binary() ? left.expression() : new Collated(left.expression(), Expression.Collation.BINARY);
        Condition from = new Condition.Compare(GREATER_OR_EQUAL, text, new Bind(needle));
        String after = successor(needle);
        return after == null ? from : Condition.all(List.of(from, new Condition.Compare(LESS, text, new Bind(after))));
    }

    private static Condition startsWith(Expression text, String needle) {
        return equal(new Call(Function.SUBSTR, text, new Number(1), new Bind(length(needle))), needle);
    }

    private static Condition endsWith(Expression text, String needle) {
        return equal(new Call(Function.SUBSTR, text, new Bind(-length(needle))), needle);
    }

    private static Condition equal(Expression text, String value) {
        return new Condition.Compare(EQUAL, text, new Bind(value));
    }

    private static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The smallest text that is larger than every text with this prefix; null when there is none. */
    static @Nullable String successor(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, end) + Character.toString(next);
            }
        }
        return null;
    }

    /** Regular expressions. */
    Condition matches(Object value) {
        if (!Lookups.readsAsText(left.type())) {
            throw Errors.unfitLookup(
                    lookup.key(), left.key(), left.label(), left.type().name());
        }
        if (!names.database().functions().regexp()) {
            throw Errors.missingCapability(lookup.key(), left.key(), "functions");
        }
        String prefix = lookup == Lookup.IREGEX ? Regexp.IGNORE_CASE : "";
        Expression pattern = names.right(value);
        if (pattern == null) {
            String text = prefix
                    + (value instanceof Pattern compiled
                            ? compiled.pattern()
                            : ValueEncoder.compared(value, ColumnType.TEXT, left));
            Regexp.check(text, left.label() + " (\"" + left.key() + "\")");
            pattern = new Bind(text);
        } else if (!prefix.isEmpty()) {
            pattern = new Arithmetic(Operator.CONCAT, new Text(prefix), pattern);
        }
        return new Condition.Holds(new Call(Function.REGEXP, pattern, left.expression()));
    }

    private Expression folded(String needle) {
        if (names.database().functions().fold()) {
            return new Call(Function.FOLD, left.expression());
        }
        Expression text = new Call(Function.LOWER, left.expression());
        int[] points = CaseFold.fold(needle).codePoints().distinct().toArray();
        for (int point : points) {
            for (String variant : CaseFold.variants(point)) {
                text = new Call(Function.REPLACE, text, new Bind(variant), new Bind(Character.toString(point)));
            }
        }
        return text;
    }

    private Condition against(Expression text, Expression right, Lookup how) {
        return switch (how) {
            case CONTAINS -> contains(text, right);
            case STARTSWITH ->
                new Condition.Compare(
                        EQUAL, new Call(Function.SUBSTR, text, new Number(1), new Call(Function.LENGTH, right)), right);
            case ENDSWITH ->
                new Condition.Compare(
                        EQUAL, new Call(Function.SUBSTR, text, endOf(text, new Call(Function.LENGTH, right))), right);
            case EXACT -> new Condition.Compare(EQUAL, text, right);
            case LIKE -> new Condition.Like(text, right);
            default -> againstFolded(text, right);
        };
    }

    /** Folds both sides; of a column nobody knows which letters it has, so that takes our function. */
    private Condition againstFolded(Expression text, Expression right) {
        if (!names.database().functions().fold()) {
            throw Errors.missingCapability(lookup.key(), left.key(), " against a column", "functions");
        }
        Lookup plain = switch (lookup) {
            case ICONTAINS -> Lookup.CONTAINS;
            case ISTARTSWITH -> Lookup.STARTSWITH;
            case IENDSWITH -> Lookup.ENDSWITH;
            default -> Lookup.EXACT;
        };
        return against(new Call(Function.FOLD, text), new Call(Function.FOLD, right), plain);
    }

    /** Where the last so many characters start; the whole text when it is shorter. */
    private static Expression endOf(Expression text, Expression length) {
        return new Arithmetic(
                Operator.PLUS,
                new Arithmetic(Operator.PLUS, new Call(Function.LENGTH, text), new Negated(length)),
                new Number(1));
    }
}
