package rillite.auth;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened and should stay on record. Immutable. Put no secret into it: texts are stored as they are.
 *
 * @param name what happened, such as {@code password.changed}: 1 to 100 characters
 * @param user to whom, if it concerns one
 * @param actor who did it, if somebody did
 * @param ip from where, if it is known; 64 characters are kept
 * @param detail what else is to be known; 2,000 characters are kept
 */
public record AuditEvent(
        String name,
        @Nullable UserId user,
        @Nullable String actor,
        @Nullable String ip,
        @Nullable String detail) {

    /**
     * @throws InvalidAuthValueException the name is empty, too long or has control characters
     */
    public AuditEvent {
        Texts.check("name of an event", name, 100);
        actor = Texts.shortened(actor, 200);
        ip = Texts.shortened(ip, 64);
        detail = Texts.shortened(detail, 2_000);
    }

    /** Something that concerns a user. */
    public static AuditEvent of(String name, @Nullable UserId user) {
        return new AuditEvent(name, user, null, null, null);
    }

    /** With who did it. */
    public AuditEvent actor(@Nullable String who) {
        return new AuditEvent(name, user, who, ip, detail);
    }

    /** With where it was done from. */
    public AuditEvent ip(@Nullable String address) {
        return new AuditEvent(name, user, actor, address, detail);
    }

    /** With what else is to be known. */
    public AuditEvent detail(@Nullable String text) {
        return new AuditEvent(name, user, actor, ip, text);
    }
}
