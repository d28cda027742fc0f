package rillite.querysets;

import java.time.Instant;
import java.util.function.Function;

/**
 * How the values of a column are read as values of a type of your own, and stored again: JSON text as a record, a number
 * as a point in time. It is shared by all rows and threads.
 *
 * @param <V> type in Java
 * @param <S> what the column stores: {@code Long}, {@code Double}, {@code String} or {@code ByteBuffer}
 */
public interface Mapping<V, S> {

    /** Points in time that are stored as milliseconds since 1970; a part below a millisecond is refused. */
    static Mapping<Instant, Long> epochMillis() {
        return Epoch.MILLIS;
    }

    /** Points in time that are stored as seconds since 1970; a part below a second is refused. */
    static Mapping<Instant, Long> epochSeconds() {
        return Epoch.SECONDS;
    }

    /**
     * A mapping of two functions; what they throw is the cause of an {@link InvalidValueException}.
     *
     * @param read never given null
     * @param write never given null
     */
    static <V, S> Mapping<V, S> of(Class<V> type, Class<S> stored, Function<S, V> read, Function<V, S> write) {
        return new Mapping<>() {
            @Override
            public Class<V> type() {
                return type;
            }

            @Override
            public Class<S> storedType() {
                return stored;
            }

            @Override
            public V read(S value) {
                return read.apply(value);
            }

            @Override
            public S write(V value) {
                return write.apply(value);
            }
        };
    }

    /** The class of values in Java. */
    Class<V> type();

    /** The class of what is stored. */
    Class<S> storedType();

    /** Makes a value of what is stored. Called on the thread on which rows arrive; must not wait. */
    V read(S stored);

    /** Makes what is stored of a value. Order and equality in queries are those of what is stored. */
    S write(V value);
}
