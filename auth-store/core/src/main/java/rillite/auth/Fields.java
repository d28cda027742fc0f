package rillite.auth;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.Row;

/**
 * Reads the fields of a row. What the tables forbid and is there all the same is an error, never a default and never converted:
 * a text compares as later than any time, so a date in the wrong form would be a session without end.
 */
final class Fields {

    private final Row row;

    private Fields(Row row) {
        this.row = row;
    }

    static Fields of(Row row) {
        return new Fields(row);
    }

    /** What a row says; empty, and warned about once, when it is not as the store writes it: then it counts for nothing. */
    static <T> Optional<T> sound(Row row, Function<Fields, T> reading) {
        try {
            return Optional.of(reading.apply(new Fields(row)));
        } catch (SchemaMismatchException | InvalidAuthValueException unsound) {
            Log.warnOnce(AuthStore.class, "A row counts for nothing. " + unsound.getMessage());
            return Optional.empty();
        }
    }

    /** As {@link #sound}, for a stream. */
    static <T> Function<Row, Mono<T>> soundly(Function<Fields, T> reading) {
        return row -> Mono.justOrEmpty(sound(row, reading));
    }

    String text(String name) {
        return present(name, optionalText(name));
    }

    @Nullable String optionalText(String name) {
        return value(name, String.class, "text");
    }

    long number(String name) {
        return present(name, optionalNumber(name));
    }

    @Nullable Long optionalNumber(String name) {
        return value(name, Long.class, "an integer");
    }

    /** How many factors were shown. */
    int level(String name) {
        long level = number(name);
        if (level < 1 || level > 3) {
            throw new SchemaMismatchException(List.of("column " + name + " holds no level"));
        }
        return (int) level;
    }

    boolean flag(String name) {
        return number(name) != 0;
    }

    byte[] bytes(String name) {
        return present(name, optionalBytes(name));
    }

    byte @Nullable [] optionalBytes(String name) {
        return value(name, ByteBuffer.class, "bytes") == null ? null : row.get(name, byte[].class);
    }

    Instant instant(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    @Nullable Instant optionalInstant(String name) {
        Long millis = optionalNumber(name);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** Texts by name, none for NULL. */
    Map<String, String> texts(String name) {
        try {
            return FlatJson.read(optionalText(name));
        } catch (InvalidAuthValueException otherJson) {
            throw new SchemaMismatchException(List.of("column " + name + " is no JSON as the store writes it"));
        }
    }

    private <T> @Nullable T value(String name, Class<T> type, String kind) {
        Object value = row.get(name, Object.class);
        if (value != null && !type.isInstance(value)) {
            throw new SchemaMismatchException(List.of("column " + name + " holds a "
                    + value.getClass().getSimpleName() + " where only " + kind + " can be"));
        }
        return type.cast(value);
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new SchemaMismatchException(List.of("column " + name + " is NULL where it must not be"));
        }
        return value;
    }
}
