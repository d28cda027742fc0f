package rillite.querysets;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.ColumnType;

/**
 * As what a value is read.
 *
 * @param type the class in which it is taken from the row; {@code Object} for that of its column
 * @param mapping what makes the value of it; null where it is the value
 */
record Reading(Class<?> type, @Nullable Mapping<?, ?> mapping) {

    static final Reading ANY = of(Object.class);

    static Reading of(Class<?> type) {
        return new Reading(type, null);
    }

    static Reading of(Mapping<?, ?> mapping) {
        return new Reading(mapping.storedType(), mapping);
    }

    /** The value of what was taken from the row. */
    @SuppressWarnings("unchecked")
    Object made(Object taken, Supplier<String> label) {
        if (mapping == null) {
            return taken;
        }
        try {
            return ((Mapping<Object, Object>) mapping).read(taken);
        } catch (RuntimeException e) {
            throw new InvalidValueException(
                    "The value of " + label.get() + " cannot be read as "
                            + mapping.type().getSimpleName() + ": its mapping failed with " + e + ".",
                    e);
        }
    }

    /** What a value is stored as; anything but a value of the mapping is given back as it is. */
    @SuppressWarnings("unchecked")
    @Nullable Object stored(@Nullable Object value, String label) {
        if (mapping == null || !mapping.type().isInstance(value)) {
            return value;
        }
        Object stored;
        try {
            stored = ((Mapping<Object, Object>) mapping).write(value);
        } catch (RuntimeException e) {
            throw new InvalidValueException(
                    "A " + mapping.type().getSimpleName() + " cannot be stored in " + label
                            + ": its mapping failed with " + e + ".",
                    e);
        }
        return new Stored(ValueEncoder.written(stored, ColumnType.ANY, label));
    }
}
