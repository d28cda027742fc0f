package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.schema.ColumnType;

/**
 * A text computed by SQLite for each row. Immutable.
 *
 * <p>{@code %} and {@code _} mean themselves but in {@link #like}. Lookups see upper and lower case but those that begin
 * with {@code i}.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 */
public sealed class TextExpr<R> extends Expr<R, String> permits TextCol {

    TextExpr(ExprNode node) {
        super(node, String.class);
    }

    TextExpr(Place<String> place) {
        super(place);
    }

    @Override
    public TextExpr<R> as(String name) {
        return new TextExpr<>(new ExprNode.Named(name, node()));
    }

    /** Equal but for upper and lower case; IS NULL for null. */
    public Q<R> ieq(@Nullable String text) {
        return compared(Lookup.IEXACT, text);
    }

    /** Contains a text. */
    public Q<R> contains(String text) {
        return compared(Lookup.CONTAINS, text);
    }

    /** Contains a text of the row. */
    public Q<R> contains(Expr<? super R, ?> text) {
        return compared(Lookup.CONTAINS, text);
    }

    /** Contains a text, whatever its case. */
    public Q<R> icontains(String text) {
        return compared(Lookup.ICONTAINS, text);
    }

    /** Contains a text of the row, whatever its case. */
    public Q<R> icontains(Expr<? super R, ?> text) {
        return compared(Lookup.ICONTAINS, text);
    }

    /** Starts with a text; an index can serve it. */
    public Q<R> startsWith(String text) {
        return compared(Lookup.STARTSWITH, text);
    }

    /** Starts with a text of the row. */
    public Q<R> startsWith(Expr<? super R, ?> text) {
        return compared(Lookup.STARTSWITH, text);
    }

    /** Starts with a text, whatever its case. */
    public Q<R> istartsWith(String text) {
        return compared(Lookup.ISTARTSWITH, text);
    }

    /** Starts with a text of the row, whatever its case. */
    public Q<R> istartsWith(Expr<? super R, ?> text) {
        return compared(Lookup.ISTARTSWITH, text);
    }

    /** Ends with a text. */
    public Q<R> endsWith(String text) {
        return compared(Lookup.ENDSWITH, text);
    }

    /** Ends with a text of the row. */
    public Q<R> endsWith(Expr<? super R, ?> text) {
        return compared(Lookup.ENDSWITH, text);
    }

    /** Ends with a text, whatever its case. */
    public Q<R> iendsWith(String text) {
        return compared(Lookup.IENDSWITH, text);
    }

    /** Ends with a text of the row, whatever its case. */
    public Q<R> iendsWith(Expr<? super R, ?> text) {
        return compared(Lookup.IENDSWITH, text);
    }

    /** Matches a pattern in which {@code %} stands for any text and {@code _} for one character; {@code \} escapes. */
    public Q<R> like(String pattern) {
        return compared(Lookup.LIKE, pattern);
    }

    /**
     * Matches a regular expression somewhere.
     *
     * @throws InvalidLookupException thrown by the query that takes it: the connection offers no such function
     */
    public Q<R> matches(String regex) {
        return compared(Lookup.REGEX, regex);
    }

    /** As {@link #matches}, whatever the case. */
    public Q<R> imatches(String regex) {
        return compared(Lookup.IREGEX, regex);
    }

    /** The text in lower case; SQLite knows that of ASCII only. */
    public TextExpr<R> lower() {
        return new TextExpr<>(new ExprNode.Call(Function.LOWER, List.of(node()), ColumnType.TEXT));
    }

    /** The text in upper case; SQLite knows that of ASCII only. */
    public TextExpr<R> upper() {
        return new TextExpr<>(new ExprNode.Call(Function.UPPER, List.of(node()), ColumnType.TEXT));
    }

    /** The text without spaces at its ends. */
    public TextExpr<R> trim() {
        return new TextExpr<>(transformed(Transform.TRIM));
    }

    /** The number of characters. */
    public NumberExpr<R, Long> length() {
        return number(Transform.LENGTH);
    }
}
