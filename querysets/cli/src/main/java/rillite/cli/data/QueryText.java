package rillite.cli.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.cli.Printable;
import rillite.cli.Refusal;

/**
 * A QuerySet as people type it, such as {@code book.filter(pages__gt=300, author__name="Ada").orderBy(-title).limit(5)}.
 *
 * <p>Arguments are numbers, texts in quotes, {@code true}, {@code false}, {@code null}, lists in square brackets, words, and
 * calls such as {@code count(books)}; each may have a name before {@code =}.
 *
 * @param table name of the table
 * @param calls the verbs, in order
 */
record QueryText(String table, List<Call> calls) {

    /** A verb or function with its arguments. */
    record Call(String name, List<Argument> arguments) {
        Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * One argument.
     *
     * @param key its name, null when it has none
     * @param value Long, BigDecimal, String, Boolean, List, {@link Call} or null
     */
    record Argument(@Nullable String key, @Nullable Object value) {}

    QueryText {
        calls = List.copyOf(calls);
    }

    /**
     * @throws Refusal the text is not of this form; the message says where
     */
    static QueryText parse(String text) {
        return new Parser(text).query();
    }

    private static final class Parser {

        private static final int DEEPEST = 20;

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        QueryText query() {
            String table = name("the name of a table");
            List<Call> calls = new ArrayList<>();
            while (skipTo('.')) {
                calls.add(call(name("the name of a verb"), 0));
            }
            if (at < text.length()) {
                throw expected(calls.isEmpty() ? "a dot and a verb, or SQL" : "a dot and a verb, or the end");
            }
            return new QueryText(table, calls);
        }

        private Call call(String name, int depth) {
            List<Argument> arguments = new ArrayList<>();
            require('(', "(");
            if (!skipTo(')')) {
                do {
                    arguments.add(argument(depth));
                } while (skipTo(','));
                require(')', ") or a comma");
            }
            return new Call(name, arguments);
        }

        private Argument argument(int depth) {
            Object value = value(depth);
            return value instanceof String key && skipTo('=')
                    ? new Argument(key, value(depth))
                    : new Argument(null, value);
        }

        private @Nullable Object value(int depth) {
            if (depth > DEEPEST) {
                throw expected("fewer brackets in each other");
            }
            blanks();
            char c = at < text.length() ? text.charAt(at) : '\0';
            if (c == '\'' || c == '"') {
                return quoted(c);
            }
            if (skipTo('[')) {
                return list(depth + 1);
            }
            String word = word();
            if (word.isEmpty()) {
                throw expected("a value");
            }
            return skipsTo('(') ? call(word, depth + 1) : meaning(word);
        }

        private List<@Nullable Object> list(int depth) {
            List<@Nullable Object> list = new ArrayList<>();
            if (!skipTo(']')) {
                do {
                    list.add(value(depth));
                } while (skipTo(','));
                require(']', "] or a comma");
            }
            return list;
        }

        private static @Nullable Object meaning(String word) {
            return switch (word) {
                case "null", "None" -> null;
                case "true", "True" -> true;
                case "false", "False" -> false;
                default -> word.matches("-?[0-9].*") ? number(word) : word;
            };
        }

        private static Object number(String word) {
            try {
                BigDecimal number = new BigDecimal(word);
                boolean whole = number.scale() == 0 && number.precision() < 19;
                return whole ? (Object) number.longValueExact() : number;
            } catch (NumberFormatException e) {
                // such as 2024-01-05: a text without its quotes
                return word;
            }
        }

        private String name(String what) {
            blanks();
            char c = at < text.length() ? text.charAt(at) : '\0';
            String name = c == '\'' || c == '"' ? quoted(c) : word();
            if (name.isEmpty()) {
                throw expected(what);
            }
            return name;
        }

        private String quoted(char quote) {
            StringBuilder value = new StringBuilder();
            int from = at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '\\' && at < text.length()) {
                    value.append(text.charAt(at++));
                } else if (c == quote && at < text.length() && text.charAt(at) == quote) {
                    value.append(quote);
                    at++;
                } else if (c == quote) {
                    return value.toString();
                } else {
                    value.append(c);
                }
            }
            at = from;
            throw expected("an end of the quotes that begin here");
        }

        /** Letters, digits, and what stands in keys and numbers; a dot only between digits. */
        private String word() {
            blanks();
            int from = at;
            while (at < text.length() && isPart(text.charAt(at), from)) {
                at++;
            }
            return text.substring(from, at);
        }

        private boolean isPart(char c, int from) {
            return Character.isLetterOrDigit(c)
                    || c == '_'
                    || c == '$'
                    || c == ':'
                    || (c == '-' || c == '+' || c == '?' || c == '*') && at >= from
                    || c == '.' && at > from && Character.isDigit(text.charAt(at - 1)) && startsNumber(from);
        }

        private boolean startsNumber(int from) {
            char first = text.charAt(text.charAt(from) == '-' ? Math.min(from + 1, text.length() - 1) : from);
            return Character.isDigit(first);
        }

        private void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private boolean skipsTo(char c) {
            blanks();
            return at < text.length() && text.charAt(at) == c;
        }

        private boolean skipTo(char c) {
            if (!skipsTo(c)) {
                return false;
            }
            at++;
            return true;
        }

        private void require(char c, String what) {
            if (!skipTo(c)) {
                throw expected(what);
            }
        }

        private Refusal expected(String what) {
            String rest = at >= text.length() ? "the end" : "\"" + Printable.cut(text.substring(at), 20) + "\"";
            return new Refusal("Cannot read the query: expected " + what + " at character " + (at + 1) + ", where "
                    + rest + " is. For example: book.filter(pages__gt=300).orderBy(-title).limit(5)");
        }
    }
}
