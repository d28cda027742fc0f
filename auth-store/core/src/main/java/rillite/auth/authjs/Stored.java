package rillite.auth.authjs;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rillite.auth.Secret;
import rillite.querysets.Row;

/** Reads the fields of a row that any program may have written. */
final class Stored {

    private static final int LONGEST = 30;

    private final Row row;
    private final Layout layout;
    private final Warnings warnings;

    Stored(Row row, Layout layout, Warnings warnings) {
        this.row = row;
        this.layout = layout;
        this.warnings = warnings;
    }

    /** The name under which a field is selected. */
    static String alias(Part part, String field) {
        return part + "_" + field;
    }

    @Nullable String optional(Part part, String field) {
        return row.get(alias(part, field), String.class);
    }

    /** A text; empty for a NULL where there should be none. */
    String text(Part part, String field) {
        String value = optional(part, field);
        return value == null ? "" : value;
    }

    @Nullable Secret secret(Part part, String field) {
        String value = optional(part, field);
        return value == null ? null : Secret.of(value);
    }

    /** A date that has passed when it is NULL or cannot be read. */
    Instant expiry(Part part, String field) {
        String typed = optional(part, field);
        Instant date = StoredDate.read(typed);
        if (date == null) {
            unreadable(
                    part,
                    field,
                    typed,
                    "counts as passed, and Auth.js may take it for valid; verifySchema() counts such dates");
        }
        return date == null ? Instant.EPOCH : date;
    }

    /** When something was verified, null for NULL and for what cannot be read. */
    @Nullable Instant verified(Part part, String field) {
        String typed = optional(part, field);
        Instant date = StoredDate.read(typed);
        if (typed != null && date == null) {
            unreadable(
                    part,
                    field,
                    typed,
                    "counts as unverified, and Auth.js may take it for verified; verifySchema() counts such dates");
        }
        return date;
    }

    private void unreadable(Part part, String field, @Nullable String typed, String counts) {
        String storage = typed == null ? "NULL" : typed.substring(0, typed.indexOf(':'));
        warnings.unreadable(layout.table(part), field, storage, counts);
    }

    /** An integer, also when it is stored as a text or as 1.0; null for what is none. */
    @Nullable Long number(Part part, String field) {
        String typed = optional(part, field);
        if (typed == null) {
            return null;
        }
        try {
            String value = typed.substring(typed.indexOf(':') + 1).strip();
            return value.length() > LONGEST ? null : new BigDecimal(value).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            unreadable(part, field, typed, "counts as missing");
            return null;
        }
    }

    /** A flag; false when it cannot be read. */
    boolean flag(Part part, String field) {
        Long value = number(part, field);
        return value != null && value != 0;
    }
}
