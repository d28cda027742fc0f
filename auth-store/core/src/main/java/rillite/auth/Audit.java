package rillite.auth;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What happened, in the order in which it was recorded. Nothing here changes or deletes; entries outlive their users. The store
 * itself records {@code password.set}, {@code password.changed}, {@code password.reset}, {@code password.imported}, {@code
 * password.removed}, {@code email.changed}, {@code user.disabled}, {@code account.linked}, {@code account.unlinked}, {@code
 * totp.confirmed}, {@code totp.removed}, {@code passkey.saved} and {@code passkey.deleted}, each in the transaction of the change.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Audit {

    private static final String COLUMNS = "SELECT seq, at, event, user_id, actor, ip, detail FROM auth_audit";

    private final Store store;

    Audit(Store store) {
        this.store = store;
    }

    /** Records an event. */
    public Mono<Void> record(AuditEvent event) {
        Objects.requireNonNull(event, "event must not be null");
        return record(store, event);
    }

    static Mono<Void> record(Store store, AuditEvent event) {
        UserId user = event.user();
        return Mono.defer(() -> store.change(
                        "INSERT INTO auth_audit (at, event, user_id, actor, ip, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                        store.now(),
                        event.name(),
                        user == null ? null : user.value(),
                        event.actor(),
                        event.ip(),
                        event.detail()))
                .then();
    }

    /**
     * A page of what concerns a user, the latest first.
     *
     * @param page the next one is {@code page.after(entry.seq())}
     * @throws InvalidAuthValueException the page is not behind an entry of this log
     */
    public Flux<AuditEntry> of(UserId user, Page page) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(page, "page must not be null");
        return store.rows(
                        COLUMNS + " WHERE user_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
                        user.value(),
                        before(page.after()),
                        page.size())
                .map(row -> AuditEntry.of(Fields.of(row)));
    }

    /** All from that moment on, the earliest first, as long as they are requested. */
    public Flux<AuditEntry> since(Instant moment) {
        Objects.requireNonNull(moment, "moment must not be null");
        return store.rows(COLUMNS + " WHERE at >= ?1 ORDER BY seq", moment.toEpochMilli())
                .map(row -> AuditEntry.of(Fields.of(row)));
    }

    private static long before(@Nullable String entry) {
        try {
            return entry == null ? Long.MAX_VALUE : Long.parseLong(entry);
        } catch (NumberFormatException e) {
            throw new InvalidAuthValueException("The page of the audit log is behind something that is no entry. Use"
                    + " page.after(entry.seq()).");
        }
    }
}
