package rillite.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event on record.
 *
 * @param seq its number: later ones have higher ones, and none is given twice
 * @param at when it was recorded
 * @param event what happened
 */
public record AuditEntry(long seq, Instant at, AuditEvent event) {

    static AuditEntry of(Fields row) {
        return new AuditEntry(
                row.number("seq"),
                row.instant("at"),
                new AuditEvent(
                        row.text("event"),
                        user(row.optionalText("user_id")),
                        row.optionalText("actor"),
                        row.optionalText("ip"),
                        row.optionalText("detail")));
    }

    private static @Nullable UserId user(@Nullable String id) {
        return id == null ? null : new UserId(id);
    }
}
