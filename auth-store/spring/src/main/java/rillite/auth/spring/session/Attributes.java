package rillite.auth.spring.session;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Values of attributes as the table has them, within bounds. What cannot be read again is not written. */
final class Attributes {

    private static final int WARNINGS = 100;
    private static final Set<Class<?>> PLAIN = Set.of(String.class, Integer.class, Long.class, Boolean.class);

    private final AttributeSerializer serializer;
    private final int largest;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    Attributes(SessionOptions options) {
        serializer = options.serializer();
        largest = options.maxAttributeBytes();
    }

    int largest() {
        return largest;
    }

    /**
     * The bytes of a value.
     *
     * @throws IllegalArgumentException too large, or of a type that is not permitted
     */
    byte[] written(String name, Object value) {
        byte[] bytes;
        try {
            bytes = serializer.serialize(value);
            if (bytes.length <= largest && !PLAIN.contains(value.getClass())) {
                serializer.deserialize(bytes);
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new IllegalArgumentException("The session attribute " + Refusals.shown(name) + " of "
                    + value.getClass().getName()
                    + " cannot be written and read again: " + Refusals.reason(e)
                    + ". Give each of its classes to AttributeSerializer.json(..) or jdk(..), or store a"
                    + " simpler value.");
        }
        if (bytes.length > largest) {
            throw new IllegalArgumentException("The session attribute " + Refusals.shown(name) + " takes "
                    + bytes.length + " bytes, more than the " + largest + " of SessionOptions.maxAttributeBytes(..).");
        }
        return bytes;
    }

    /** The value of those bytes, null when they cannot be read, which is logged once for each name. */
    @Nullable Object read(String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            warn(name, "it is larger than " + largest + " bytes");
            return null;
        }
        try {
            return Objects.requireNonNull(serializer.deserialize(bytes));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            warn(name, Refusals.reason(e));
            return null;
        }
    }

    private void warn(String name, String reason) {
        if (warned.size() < WARNINGS && warned.add(name)) {
            Log.warn("The session attribute " + Refusals.shown(name) + " cannot be read: " + reason
                    + ". Sessions that have it are treated as ended. This is logged once.");
        }
    }
}
