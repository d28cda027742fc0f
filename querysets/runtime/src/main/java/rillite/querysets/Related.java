package rillite.querysets;

/**
 * A relation that a query can load: {@code BOOK.author()}, {@code AUTHOR.books()}, or one of these with more to say.
 *
 * @param <R> root of the queries in which it can be used
 */
public sealed interface Related<R> permits Table, ToMany, Fetch {}
