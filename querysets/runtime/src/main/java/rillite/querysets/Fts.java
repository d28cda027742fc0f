package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.ast.Expression.Number;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/**
 * Full-text search with FTS5 tables: {@code filter(Fts.match("search", Fts.words(input))).orderBy(Fts.rank("search").asc())}.
 *
 * <p>The query is one of the FTS5 table itself, or of the table whose rows it indexes when it is declared with {@code
 * content=}; then the index is joined by its rowid, and its columns are reached by its name: {@code "search__title"}.
 */
public final class Fts {

    private static final int MOST_TOKENS = 64;

    private Fts() {}

    /**
     * The rows that a query of FTS5 finds, as the lookup {@code search__match}; {@code "search__title__match"} searches one
     * column. The text is bound, but it is a language: {@code AND}, {@code OR}, {@code NOT}, {@code NEAR(..)}, {@code *},
     * {@code ^}, {@code column:}. Text of users goes through {@link #phrase} or {@link #words}. What is no query is an
     * {@link InvalidValueException} through onError.
     *
     * @param table the FTS5 table
     */
    public static Q<Object> match(String table, String query) {
        return Q.leaf(KeyPath.of(List.of(table, Lookup.MATCH.key())), query);
    }

    /**
     * As {@link #match(String, String)}, for table classes: {@code match(BOOK_SEARCH, ..)} in a query of the FTS5 table, {@code
     * match(BOOK.bookSearch(), ..)} in one of the table that it indexes.
     */
    public static <R> Q<R> match(Table<R, ?> table, String query) {
        return Q.leaf(KeyPath.of(key(table)).then(List.of(Lookup.MATCH.key())), query);
    }

    /** As {@link #match(Table, String)}, in one column: {@code match(BOOK.bookSearch().title, ..)}. */
    public static <R> Q<R> match(Col<R, ?> column, String query) {
        return Q.leaf(Place.of(column).path().then(List.of(Lookup.MATCH.key())), query);
    }

    /** The text as one phrase: its words in this order, whatever they mean to FTS5. */
    public static String phrase(String text) {
        return '"' + text.replace('\0', ' ').replace("\"", "\"\"") + '"';
    }

    /** All words of the text, in any order, whatever they mean to FTS5; a query that finds nothing when there are none. */
    public static String words(String text) {
        String words = text.codePoints()
                .mapToObj(point -> Character.isWhitespace(point) || point == 0 ? " " : Character.toString(point))
                .collect(Collectors.joining())
                .strip();
        List<String> phrases = new ArrayList<>();
        for (String word : words.split(" +")) {
            phrases.add(phrase(word));
        }
        return String.join(" ", phrases);
    }

    /** As {@link #words}, and the last word may be the begin of a longer one: for search while typing. */
    public static String prefix(String text) {
        String words = words(text);
        return words.equals("\"\"") ? words : words + "*";
    }

    /**
     * How well a row fits the query: smaller is better, so {@code orderBy(Fts.rank("search").asc())} has the best first. NULL
     * or 0 without a condition {@link #match} that all rows fulfil.
     *
     * @param table the FTS5 table
     * @param weights how much the columns count, in their order; 1 where none is given
     */
    public static NumberExpr<Object, Double> rank(String table, double... weights) {
        return new NumberExpr<>(rank(List.of(table), weights), Double.class);
    }

    /** As {@link #rank(String, double...)}, for table classes as in {@link #match(Table, String)}. */
    public static <R> NumberExpr<R, Double> rank(Table<R, ?> table, double... weights) {
        return new NumberExpr<>(rank(key(table), weights), Double.class);
    }

    private static ExprNode rank(List<String> table, double... weights) {
        if (weights.length == 0) {
            return of(
                    KeyPath.of(table).then(List.of("rank")),
                    (names, ref, operand) -> operand.computed(ref, ColumnType.REAL, "rank"));
        }
        return of(KeyPath.of(table), (names, ref, operand) -> {
            List<Expression> arguments = new ArrayList<>();
            arguments.add(whole(names, ref));
            for (double weight : weights) {
                arguments.add(new Expression.Bind(weight));
            }
            return operand.computed(new Expression.Call(Expression.Function.BM25, arguments), ColumnType.REAL, "rank");
        });
    }

    /**
     * The text of a column with marks around what was found.
     *
     * @param column a column of the FTS5 table: {@code "title"} in a query of it, {@code "search__title"} in one of the
     *     table that it indexes
     * @param before put before each match. The text itself is given as it is stored: escape it where it becomes HTML
     * @param after put behind each match
     */
    public static TextExpr<Object> highlight(String column, String before, String after) {
        return new TextExpr<>(highlight(KeyPath.of(column), before, after));
    }

    /** As {@link #highlight(String, String, String)}: {@code highlight(BOOK.bookSearch().title, "[", "]")}. */
    public static <R> TextExpr<R> highlight(Col<R, ?> column, String before, String after) {
        return new TextExpr<>(highlight(Place.of(column).path(), before, after));
    }

    private static ExprNode highlight(KeyPath column, String before, String after) {
        return of(
                column,
                (names, ref, operand) -> operand.computed(
                        new Expression.Call(
                                Expression.Function.HIGHLIGHT,
                                whole(names, ref),
                                place(ref, operand),
                                new Expression.Bind(before),
                                new Expression.Bind(after)),
                        ColumnType.TEXT,
                        "highlight"));
    }

    /**
     * The part of a column, or of the column that fits best, that shows what was found.
     *
     * @param column as in {@link #highlight}; the name of the table chooses the column
     * @param ellipsis put where text was left out
     * @param tokens how many words at most, 1 to 64
     */
    public static TextExpr<Object> snippet(String column, String before, String after, String ellipsis, int tokens) {
        return new TextExpr<>(snippet(KeyPath.of(column), before, after, ellipsis, tokens));
    }

    /** As {@link #snippet(String, String, String, String, int)}, of one column. */
    public static <R> TextExpr<R> snippet(Col<R, ?> column, String before, String after, String ellipsis, int tokens) {
        return new TextExpr<>(snippet(Place.of(column).path(), before, after, ellipsis, tokens));
    }

    /** As {@link #snippet(String, String, String, String, int)}, of the column that fits best. */
    public static <R> TextExpr<R> snippet(Table<R, ?> table, String before, String after, String ellipsis, int tokens) {
        return new TextExpr<>(snippet(KeyPath.of(key(table)), before, after, ellipsis, tokens));
    }

    private static ExprNode snippet(KeyPath column, String before, String after, String ellipsis, int tokens) {
        if (tokens < 1 || tokens > MOST_TOKENS) {
            throw Errors.invalidValue("the tokens of snippet", tokens, "1 to " + MOST_TOKENS);
        }
        return of(
                column,
                (names, ref, operand) -> operand.computed(
                        new Expression.Call(
                                Expression.Function.SNIPPET,
                                whole(names, ref),
                                new Number(
                                        FullText.isWhole(ref.column())
                                                ? -1
                                                : ref.column().position()),
                                new Expression.Bind(before),
                                new Expression.Bind(after),
                                new Expression.Bind(ellipsis),
                                new Number(tokens)),
                        ColumnType.TEXT,
                        "snippet"));
    }

    private interface Searching {
        Operand apply(Names names, ColumnRef ref, Operand operand);
    }

    /** The way to the table; in a query of the table itself its own name. */
    private static List<String> key(Table<?, ?> table) {
        return table.way().isEmpty() ? List.of(table.name()) : table.way();
    }

    private static ExprNode of(KeyPath key, Searching searching) {
        return new ExprNode.Applied(
                List.of(new ExprNode.Key(key)),
                (names, arguments) -> searching.apply(
                        names, FullText.searched(names, arguments.get(0), "full-text search"), arguments.get(0)));
    }

    private static ColumnRef whole(Names names, ColumnRef ref) {
        Column whole = FullText.whole(FullText.table(names, ref));
        return new ColumnRef(ref.path(), Objects.requireNonNull(whole), ref.up());
    }

    private static Number place(ColumnRef ref, Operand operand) {
        if (ref.column().isHidden()) {
            throw Errors.invalidQuery("Cannot highlight \"" + operand.key() + "\": name one column of the table "
                    + ref.column().table() + ", or use snippet, which chooses one.");
        }
        return new Number(ref.column().position());
    }
}
