package rillite.querysets;

/**
 * A column of text. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class TextCol<R> extends TextExpr<R> implements Col<R, String> {

    TextCol(Place<String> place) {
        super(place);
    }
}
