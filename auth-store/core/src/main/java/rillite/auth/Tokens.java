package rillite.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Links that work once: resets, magic links, invitations. Of any number that use one token at once, in any number of processes,
 * exactly one gets it.
 *
 * <p>A subject that is an e-mail address is stored, and given back, as addresses are compared: NFKC, lower case, trimmed. So
 * {@code Ada@Example.org} and {@code ada@example.org} are one subject.
 *
 * <p>Let the page behind a mailed link {@link #peek}, and {@link #consume} in answer to its POST: mail scanners open links.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Tokens {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int LONGEST_SUBJECT = 1_000;

    /** What becomes of tokens of the same purpose and subject that were issued before. */
    public enum SupersedePolicy {
        /** Only the newest one works. */
        REPLACE,
        /** All work until they are used or expire. */
        KEEP
    }

    private final Store store;

    Tokens(Store store) {
        this.store = store;
    }

    /**
     * Issues a token that replaces those before it, with the life that {@link AuthOptions} has for the purpose: that of reset
     * tokens for all but {@link Purpose#MAGIC_LINK}.
     *
     * @throws InvalidAuthValueException the subject is empty, too long or has control characters
     */
    public Mono<IssuedToken> issue(Purpose purpose, String subject) {
        Objects.requireNonNull(purpose, "purpose must not be null");
        Objects.requireNonNull(subject, "subject must not be null");
        AuthOptions options = store.options();
        Duration life = purpose.equals(Purpose.MAGIC_LINK) ? options.magicLinkLife() : options.resetTokenLife();
        return issue(purpose, subject, life, Map.of(), SupersedePolicy.REPLACE);
    }

    /**
     * Issues a token.
     *
     * @param life from 1 ms to 366 days
     * @param claims what it should say when it is consumed; stored as it is
     * @throws InvalidAuthValueException the life is out of bounds, or the subject is empty, too long or has control characters
     */
    public Mono<IssuedToken> issue(
            Purpose purpose, String subject, Duration life, Map<String, String> claims, SupersedePolicy policy) {
        Objects.requireNonNull(purpose, "purpose must not be null");
        Objects.requireNonNull(subject, "subject must not be null");
        Objects.requireNonNull(life, "life must not be null");
        Objects.requireNonNull(claims, "claims must not be null");
        Objects.requireNonNull(policy, "policy must not be null");
        String whom = subject(subject);
        long millis = AuthOptions.checked("life of a token", life, LONGEST).toMillis();
        String json = claims.isEmpty() ? null : FlatJson.write(claims);
        return policy == SupersedePolicy.KEEP
                ? inserted(purpose, whom, millis, json)
                : store.together(() -> revoke(purpose, whom).then(inserted(purpose, whom, millis, json)));
    }

    /** A subject as it is stored: an address in the form in which addresses are compared. */
    static String subject(String given) {
        Texts.check("subject", given, LONGEST_SUBJECT);
        String address = EmailKey.find(given);
        return address == null ? given : address;
    }

    private Mono<IssuedToken> inserted(Purpose purpose, String subject, long life, @Nullable String claims) {
        return Mono.defer(() -> {
            Secret token = RawToken.mint();
            long now = store.now();
            return store.change(
                            "INSERT INTO auth_token (token_hash, purpose, subject, claims, created_at, expires_at)"
                                    + " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                            RawToken.hash(token),
                            purpose.name(),
                            subject,
                            claims,
                            now,
                            now + life)
                    .thenReturn(new IssuedToken(token, Instant.ofEpochMilli(now + life)));
        });
    }

    /** What a token says, without using it. Empty when it is unknown, used, expired or for another purpose. */
    public Mono<TokenInfo> peek(Purpose purpose, @Nullable String rawToken) {
        Objects.requireNonNull(purpose, "purpose must not be null");
        return find(
                "SELECT subject, claims, created_at, expires_at FROM auth_token"
                        + " WHERE token_hash = ?1 AND purpose = ?2 AND expires_at > ?3",
                purpose,
                rawToken);
    }

    /**
     * Uses a token up. Empty when it is unknown, used, expired or for another purpose. After an error whose outcome is unknown,
     * and after a cancel, it counts as used.
     */
    public Mono<TokenInfo> consume(Purpose purpose, @Nullable String rawToken) {
        Objects.requireNonNull(purpose, "purpose must not be null");
        return find(
                "DELETE FROM auth_token WHERE token_hash = ?1 AND purpose = ?2 AND expires_at > ?3"
                        + " RETURNING subject, claims, created_at, expires_at",
                purpose,
                rawToken);
    }

    private Mono<TokenInfo> find(String sql, Purpose purpose, @Nullable String rawToken) {
        byte[] hash = RawToken.find(rawToken);
        return hash == null
                ? Mono.empty()
                : Mono.defer(() -> store.row(sql, hash, purpose.name(), store.now()))
                        .flatMap(Fields.soundly(TokenInfo::of));
    }

    /**
     * Ends all tokens of a purpose and subject. Gives how many there were.
     *
     * @throws InvalidAuthValueException the subject is empty, too long or has control characters
     */
    public Mono<Long> revoke(Purpose purpose, String subject) {
        Objects.requireNonNull(purpose, "purpose must not be null");
        Objects.requireNonNull(subject, "subject must not be null");
        String whom = subject(subject);
        return store.change("DELETE FROM auth_token WHERE purpose = ?1 AND subject = ?2", purpose.name(), whom);
    }
}
