package rillite.auth.authjs;

/**
 * A session with its user.
 *
 * @param session may have expired, unless {@link AuthJsAdapter#authenticate} gave it
 * @param user who is signed in
 */
public record SessionAndUser(AdapterSession session, AdapterUser user) {}
