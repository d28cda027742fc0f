package rillite.auth;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Row;

/** Reads the fields of a row. What the tables forbid and is there all the same is an error: never a default. */
final class Fields {

    private final Row row;

    private Fields(Row row) {
        this.row = row;
    }

    static Fields of(Row row) {
        return new Fields(row);
    }

    String text(String name) {
        return present(name, optionalText(name));
    }

    @Nullable String optionalText(String name) {
        return row.get(name, String.class);
    }

    long number(String name) {
        return present(name, optionalNumber(name));
    }

    @Nullable Long optionalNumber(String name) {
        return row.get(name, Long.class);
    }

    boolean flag(String name) {
        return number(name) != 0;
    }

    byte[] bytes(String name) {
        return present(name, optionalBytes(name));
    }

    byte @Nullable [] optionalBytes(String name) {
        return row.get(name, byte[].class);
    }

    Instant instant(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    @Nullable Instant optionalInstant(String name) {
        Long millis = optionalNumber(name);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new SchemaMismatchException(List.of("column " + name + " is NULL where it must not be"));
        }
        return value;
    }
}
