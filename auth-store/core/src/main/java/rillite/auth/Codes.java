package rillite.auth;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Short codes that are sent to somebody and typed: six digits, bound to a purpose and a subject, used once. They could be guessed,
 * so they live for 10 minutes at most, failures lock as those of passwords do, and only a keyed hash is stored. Needs {@link
 * AuthOptions#encryptionKey}. Where a link will do, {@link Tokens} are safer.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Codes {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int NUMBERS = 1_000_000;
    private static final int LONGEST_CODE = 32;

    private final Store store;
    private final SecretBox box;

    Codes(Store store) {
        this.store = store;
        box = new SecretBox(store.options().keys());
    }

    /**
     * Makes a code in place of the one before. Limit by {@link Throttle} how often somebody may ask for one.
     *
     * @param subject to whom it is sent, as it is given to {@link #use} again
     * @param life from 1 ms to 10 minutes
     * @return the code, which is given here and never again
     * @throws InvalidAuthValueException the life is out of bounds, or the subject is empty, too long or has control characters
     */
    public Mono<IssuedToken> issue(Purpose purpose, String subject, Duration life) {
        Objects.requireNonNull(purpose, "purpose must not be null");
        Objects.requireNonNull(subject, "subject must not be null");
        Objects.requireNonNull(life, "life must not be null");
        String whom = Tokens.subject(subject);
        long millis = AuthOptions.checked("life of a code", life, LONGEST).toMillis();
        return store.together(() -> {
            String code = String.format(Locale.ROOT, "%06d", number());
            long now = store.now();
            return store.change("DELETE FROM auth_token WHERE purpose = ?1 AND subject = ?2", name(purpose), whom)
                    .then(store.change(
                            "INSERT INTO auth_token (token_hash, purpose, subject, created_at, expires_at)"
                                    + " VALUES (?1, ?2, ?3, ?4, ?5)",
                            box.hashes(place(purpose, whom), code).get(0),
                            name(purpose),
                            whom,
                            now,
                            now + millis))
                    .thenReturn(new IssuedToken(Secret.of(code), Instant.ofEpochMilli(now + millis)));
        });
    }

    /**
     * Uses a code up. Blanks and dashes in it make no difference. Not in a transaction that may be rolled back: a failure would
     * not count.
     *
     * @throws InvalidAuthValueException the subject is empty, too long or has control characters
     */
    public Mono<CodeResult> use(Purpose purpose, String subject, String code) {
        Objects.requireNonNull(purpose, "purpose must not be null");
        Objects.requireNonNull(subject, "subject must not be null");
        Objects.requireNonNull(code, "code must not be null");
        String whom = Tokens.subject(subject);
        Failures failures = new Failures(store, Throttle.hashed("code", name(purpose) + "\n" + whom));
        return failures.guard(
                code.length() > LONGEST_CODE ? Mono.just(false) : used(purpose, whom, code.replaceAll("[\\s-]", "")));
    }

    private Mono<Boolean> used(Purpose purpose, String subject, String code) {
        return Flux.defer(() -> Flux.fromIterable(box.hashes(place(purpose, subject), code)))
                .concatMap(hash -> store.row(
                        "DELETE FROM auth_token WHERE token_hash = ?1 AND purpose = ?2 AND subject = ?3"
                                + " AND expires_at > ?4 RETURNING 1 AS used",
                        hash,
                        name(purpose),
                        subject,
                        store.now()))
                .next()
                .hasElement();
    }

    /** Each number as likely as the others: those beyond the last whole million of the range are drawn again. */
    private static int number() {
        long limit = (1L << 32) / NUMBERS * NUMBERS;
        long drawn = limit;
        while (drawn >= limit) {
            drawn = Integer.toUnsignedLong(
                    ByteBuffer.wrap(Chance.bytes(Integer.BYTES)).getInt());
        }
        return (int) (drawn % NUMBERS);
    }

    /** Apart from the tokens of the same purpose. */
    private static String name(Purpose purpose) {
        return "code:" + purpose.name();
    }

    private static String place(Purpose purpose, String subject) {
        return "auth_token.token_hash of " + purpose.name() + "\n" + subject;
    }
}
