package rillite.auth.authjs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.auth.AccountLinkedElsewhereException;
import rillite.auth.EmailTakenException;
import rillite.auth.FactorException;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.SchemaMismatchException;
import rillite.auth.Secret;
import rillite.auth.UnknownUserException;
import rillite.querysets.Database;

/**
 * The tables of an application of Auth.js, in the layout of the adapter that it uses: the methods of its contract, and on top
 * of them what a service in Java needs, {@link #authenticate} first. Immutable and safe to share; it holds nothing that needs
 * closing. In a transaction make one on {@code transaction.database()}.
 *
 * <p>Deletes of what is not there are silent. Where a table or column is missing all methods fail with a
 * {@link SchemaMismatchException}. For threads, cancel and forms see the {@linkplain rillite.auth.authjs package}.
 */
public final class AuthJsAdapter {

    private static final Duration LONGEST = Duration.ofDays(3_660);

    private final Database database;
    private final Layout layout;
    private final Clock clock;
    private final SessionLife life;
    private final Warnings warnings;
    private final Statements statements;

    private AuthJsAdapter(Database database, Layout layout, Clock clock, SessionLife life, Warnings warnings) {
        this.database = database;
        this.layout = layout;
        this.clock = clock;
        this.life = life;
        this.warnings = warnings;
        statements = new Statements(database, layout, clock, warnings);
    }

    private static AuthJsAdapter on(Database database, Layout layout) {
        Objects.requireNonNull(database, "database must not be null");
        Secret.mint(); // reads the seed of random numbers now: the first session may begin on an event loop
        return new AuthJsAdapter(database, layout, Clock.systemUTC(), SessionLife.DEFAULT, new Warnings());
    }

    /** The tables of {@code @auth/drizzle-adapter}. Like the others call this when the program starts, not on an event loop. */
    public static AuthJsAdapter drizzle(Database database) {
        return on(database, Layout.DRIZZLE);
    }

    /** The tables of {@code @auth/kysely-adapter}. */
    public static AuthJsAdapter kysely(Database database) {
        return on(database, Layout.KYSELY);
    }

    /** The tables of {@code @auth/prisma-adapter}, with dates as the Prisma client of the application keeps them. */
    public static AuthJsAdapter prisma(Database database, PrismaDates dates) {
        Objects.requireNonNull(dates, "dates must not be null");
        return on(database, Layout.prisma(dates));
    }

    /**
     * The same with another name for a table: a custom schema of drizzle, {@code @@map} of Prisma.
     *
     * @param name as the layout calls it, for example {@code session}
     * @param inFile as the file calls it, for example {@code sessions}
     * @throws InvalidAuthValueException the layout has no such table, or two would have one name
     */
    public AuthJsAdapter table(String name, String inFile) {
        Objects.requireNonNull(name, "name must not be null");
        Objects.requireNonNull(inFile, "inFile must not be null");
        return new AuthJsAdapter(database, layout.renamed(name, inFile), clock, life, warnings);
    }

    /** The same with that clock. */
    public AuthJsAdapter clock(Clock time) {
        Objects.requireNonNull(time, "time must not be null");
        return new AuthJsAdapter(database, layout, time, life, warnings);
    }

    /**
     * The same with other lives of sessions: give what {@code session.maxAge} and {@code session.updateAge} of Auth.js are set
     * to. Without: 30 days, 24 hours.
     *
     * @throws InvalidAuthValueException not positive, longer than 10 years, or an age that is not below the life
     */
    public AuthJsAdapter sessionLife(Duration maxAge, Duration updateAge) {
        Objects.requireNonNull(maxAge, "maxAge must not be null");
        Objects.requireNonNull(updateAge, "updateAge must not be null");
        checked("life of sessions", maxAge);
        if (updateAge.isNegative() || updateAge.compareTo(maxAge) >= 0) {
            throw new InvalidAuthValueException(
                    "The update age of sessions is " + updateAge + ". It must be 0 to less than " + maxAge + ".");
        }
        return new AuthJsAdapter(database, layout, clock, new SessionLife(maxAge, updateAge), warnings);
    }

    private static void checked(String label, Duration life) {
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LONGEST) > 0) {
            throw new InvalidAuthValueException(
                    "The " + label + " is " + life + ". It must be 1 s to " + LONGEST.toDays() + " days.");
        }
    }

    /**
     * Creates the tables that are missing, all or none. For a file that Java starts; else let the Node side create them.
     *
     * @return {@link SchemaMismatchException} when tables that are there are not those of the layout; the file is as it was then
     */
    public Mono<Void> createTables() {
        return database.inTransaction(transaction ->
                        new LayoutCheck(new Statements(transaction.database(), layout, clock, warnings)).created())
                .then();
    }

    /**
     * Compares the tables with those of the layout, and looks for rows that are not as they should be, as far as the columns
     * permit. Writes nothing.
     */
    public Mono<LayoutReport> verifySchema() {
        return new LayoutCheck(statements).report();
    }

    // users

    /**
     * Creates a user.
     *
     * @return the user as stored; {@link EmailTakenException} when somebody has exactly that address
     * @throws InvalidAuthValueException the id is a number, or the address is missing where the layout needs one
     */
    public Mono<AdapterUser> createUser(AdapterUser user) {
        Objects.requireNonNull(user, "user must not be null");
        Values values = statements.values(Part.USER).id("id", user.id());
        UserFields.put(values, layout, UserFields.of(user));
        return statements.insert(values).map(AdapterUser::of).onErrorMap(Statements::isTaken, this::emailTaken);
    }

    /** The user; empty when there is none. */
    public Mono<AdapterUser> getUser(String id) {
        Objects.requireNonNull(id, "id must not be null");
        return user("id", id);
    }

    /** The user with exactly that address; empty when there is none. See {@link #normalEmail}. */
    public Mono<AdapterUser> getUserByEmail(String email) {
        Objects.requireNonNull(email, "email must not be null");
        return user("email", email);
    }

    private Mono<AdapterUser> user(String field, String value) {
        return statements
                .first(Part.USER, select(Part.USER) + statements.where(Part.USER, field), Statements.twice(value))
                .map(AdapterUser::of);
    }

    /** The user to whom an account was linked first; empty when none is. */
    public Mono<AdapterUser> getUserByAccount(String provider, String providerAccountId) {
        Objects.requireNonNull(provider, "provider must not be null");
        Objects.requireNonNull(providerAccountId, "providerAccountId must not be null");
        String sql = "SELECT " + statements.fields(Part.USER) + " FROM " + layout.quoted(Part.ACCOUNT)
                + joinUser(Part.ACCOUNT) + statements.where(Part.ACCOUNT, "provider", "providerAccountId");
        return statements
                .first(Part.ACCOUNT, sql, Statements.twice(provider, providerAccountId))
                .map(AdapterUser::of);
    }

    /**
     * Changes what the patch names.
     *
     * @return the user as it is now; {@link UnknownUserException}, or {@link EmailTakenException}
     * @throws InvalidAuthValueException the address is taken away where the layout needs one
     */
    public Mono<AdapterUser> updateUser(AdapterUserPatch patch) {
        Objects.requireNonNull(patch, "patch must not be null");
        Mono<AdapterUser> changed;
        if (patch.fields().isEmpty()) {
            changed = getUser(patch.id());
        } else {
            Values values = statements.values(Part.USER);
            UserFields.put(values, layout, patch.fields());
            changed = statements.update(values, "id", patch.id()).map(AdapterUser::of);
        }
        return changed.onErrorMap(Statements::isTaken, this::emailTaken)
                .switchIfEmpty(Mono.error(() -> new UnknownUserException("There is no user " + patch.id() + " in "
                        + layout.table(Part.USER) + " of the layout of " + layout.name() + ".")));
    }

    /** Deletes a user; accounts, sessions and authenticators go along by their foreign keys. */
    public Mono<Void> deleteUser(String id) {
        Objects.requireNonNull(id, "id must not be null");
        return statements.delete(Part.USER, new String[] {"id"}, id);
    }

    private EmailTakenException emailTaken(Throwable cause) {
        return new EmailTakenException(
                "The e-mail address or the id belongs to another user (" + layout.table(Part.USER) + ").", cause);
    }

    // accounts

    /**
     * Links an account.
     *
     * @return the account as stored; {@link AccountLinkedElsewhereException} when it is linked already,
     *     {@link UnknownUserException}
     * @throws InvalidAuthValueException the id of the user is a number
     */
    public Mono<AdapterAccount> linkAccount(AdapterAccount account) {
        Objects.requireNonNull(account, "account must not be null");
        return statements
                .insertNew(account.written(statements), "provider", "providerAccountId")
                .map(AdapterAccount::of)
                .onErrorMap(error -> Statements.withoutUser(error, account.userId()))
                .switchIfEmpty(Mono.error(() -> new AccountLinkedElsewhereException("The account of "
                        + account.provider() + " is linked already (" + layout.table(Part.ACCOUNT)
                        + "). Unlink it first.")));
    }

    /** Takes an account away from whom it is linked to. */
    public Mono<Void> unlinkAccount(String provider, String providerAccountId) {
        Objects.requireNonNull(provider, "provider must not be null");
        Objects.requireNonNull(providerAccountId, "providerAccountId must not be null");
        return statements.delete(
                Part.ACCOUNT, new String[] {"provider", "providerAccountId"}, provider, providerAccountId);
    }

    /** The account that was linked first; empty when none is. The order of the arguments is that of the contract. */
    public Mono<AdapterAccount> getAccount(String providerAccountId, String provider) {
        Objects.requireNonNull(providerAccountId, "providerAccountId must not be null");
        Objects.requireNonNull(provider, "provider must not be null");
        return statements
                .first(
                        Part.ACCOUNT,
                        select(Part.ACCOUNT) + statements.where(Part.ACCOUNT, "provider", "providerAccountId"),
                        Statements.twice(provider, providerAccountId))
                .map(AdapterAccount::of);
    }

    // sessions

    /**
     * Stores a session.
     *
     * @return the session as stored; {@link UnknownUserException}
     * @throws InvalidAuthValueException the id of the user is a number, or the date has no form
     */
    public Mono<AdapterSession> createSession(AdapterSession session) {
        Objects.requireNonNull(session, "session must not be null");
        Values values = statements
                .values(Part.SESSION)
                .secret("sessionToken", session.sessionToken())
                .id("userId", session.userId())
                .date("expires", session.expires());
        return statements
                .insert(values)
                .map(AdapterSession::of)
                .onErrorMap(error -> Statements.withoutUser(error, session.userId()));
    }

    /** The session with its user, expired or not: the caller compares. Empty when there is none. */
    public Mono<SessionAndUser> getSessionAndUser(Secret sessionToken) {
        Objects.requireNonNull(sessionToken, "sessionToken must not be null");
        return sessionRow(sessionToken).map(AuthJsAdapter::sessionAndUser);
    }

    private Mono<Stored> sessionRow(Secret sessionToken) {
        return statements.first(Part.SESSION, sessionSql(), Statements.twice(sessionToken.expose()));
    }

    /** The statement of each request. */
    String sessionSql() {
        return "SELECT " + statements.fields(Part.SESSION) + ", " + statements.fields(Part.USER) + " FROM "
                + layout.quoted(Part.SESSION) + joinUser(Part.SESSION) + statements.where(Part.SESSION, "sessionToken");
    }

    private static SessionAndUser sessionAndUser(Stored row) {
        return new SessionAndUser(AdapterSession.of(row), AdapterUser.of(row));
    }

    /**
     * Sets the end of a session.
     *
     * @return the session as it is now; empty when there is none
     * @throws InvalidAuthValueException the date has no form
     */
    public Mono<AdapterSession> updateSession(Secret sessionToken, Instant expires) {
        Objects.requireNonNull(sessionToken, "sessionToken must not be null");
        Objects.requireNonNull(expires, "expires must not be null");
        Values values = statements.values(Part.SESSION).date("expires", expires);
        return statements.update(values, "sessionToken", sessionToken.expose()).map(AdapterSession::of);
    }

    /** Ends a session. */
    public Mono<Void> deleteSession(Secret sessionToken) {
        Objects.requireNonNull(sessionToken, "sessionToken must not be null");
        return statements.delete(Part.SESSION, new String[] {"sessionToken"}, sessionToken.expose());
    }

    /**
     * Signs a user in, with a token of 256 random bits for the cookie {@code authjs.session-token}.
     *
     * @return the session; {@link UnknownUserException}
     */
    public Mono<AdapterSession> startSession(String userId) {
        Objects.requireNonNull(userId, "userId must not be null");
        return Mono.defer(() -> createSession(
                new AdapterSession(Secret.mint(), userId, clock.instant().plus(life.maxAge()))));
    }

    /**
     * Says who shows a token. When the end is near enough it is moved on as Auth.js does; of any number of requests at once one
     * writes. If that fails the request does not.
     *
     * @param sessionToken the value of the cookie, null when there is none
     * @return the session with its end as it is now; empty when there is none, it has expired, or its date cannot be read
     */
    public Mono<SessionAndUser> authenticate(@Nullable String sessionToken) {
        if (sessionToken == null || sessionToken.isEmpty()) {
            return Mono.empty();
        }
        Secret token = Secret.of(sessionToken);
        return Mono.defer(() -> {
            Instant now = clock.instant();
            return sessionRow(token)
                    .filter(row -> isLive(row, now))
                    .flatMap(row -> life.isDue(AdapterSession.of(row), now)
                            ? life.moveOn(statements, row, now)
                                    .map(moved -> new SessionAndUser(moved, AdapterUser.of(row)))
                                    // another request moved it, or ended it
                                    .switchIfEmpty(sessionRow(token)
                                            .filter(again -> isLive(again, now))
                                            .map(AuthJsAdapter::sessionAndUser))
                            : Mono.just(sessionAndUser(row)));
        });
    }

    private static boolean isLive(Stored row, Instant now) {
        return AdapterSession.of(row).expires().isAfter(now);
    }

    // magic links

    /** Stores a token; its hash is made by {@link VerificationToken#hash}. */
    public Mono<VerificationToken> createVerificationToken(VerificationToken token) {
        Objects.requireNonNull(token, "token must not be null");
        Values values = statements
                .values(Part.VERIFICATION)
                .text("identifier", token.identifier())
                .secret("token", token.token())
                .date("expires", token.expires());
        return statements.insert(values).map(VerificationToken::of);
    }

    /**
     * Uses a token up: of any number of callers, in any number of programs, one gets it.
     *
     * @param token the hash
     * @return the token, expired or not: the caller compares; empty when there is none
     */
    public Mono<VerificationToken> useVerificationToken(String identifier, Secret token) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        Objects.requireNonNull(token, "token must not be null");
        String sql = "DELETE FROM " + layout.quoted(Part.VERIFICATION)
                + statements.where(Part.VERIFICATION, "identifier", "token") + " RETURNING "
                + statements.fields(Part.VERIFICATION);
        return statements
                .written(sql, Statements.twice(identifier, token.expose()))
                .map(VerificationToken::of);
    }

    /**
     * Makes a token for a link to {@code /auth/callback/<provider>?token=..&email=..} of Auth.js.
     *
     * @param email any form of the address
     * @param authSecret the secret of Auth.js ({@code AUTH_SECRET})
     * @param ttl how long the link works; 10 minutes are enough
     * @return what the link carries
     * @throws InvalidAuthValueException Auth.js would not take the address, or the life is out of bounds
     */
    public Mono<Secret> issueMagicLink(String email, Secret authSecret, Duration ttl) {
        Objects.requireNonNull(email, "email must not be null");
        Objects.requireNonNull(authSecret, "authSecret must not be null");
        Objects.requireNonNull(ttl, "ttl must not be null");
        String identifier = NormalEmail.of(email);
        checked("life of magic links", ttl);
        return Mono.defer(() -> {
            Secret raw = Secret.mint();
            Secret hash = VerificationToken.hash(raw, authSecret);
            return createVerificationToken(new VerificationToken(
                            identifier, hash, clock.instant().plus(ttl)))
                    .thenReturn(raw);
        });
    }

    /**
     * Uses a token of a link up.
     *
     * @param email any form of the address
     * @param rawToken what the link carried
     * @param authSecret the secret of Auth.js ({@code AUTH_SECRET})
     * @return the normal form of the address that is proven now; empty when the token is unknown, used, of another address, or has
     *     expired
     */
    public Mono<String> redeemMagicLink(String email, String rawToken, Secret authSecret) {
        Objects.requireNonNull(email, "email must not be null");
        Objects.requireNonNull(rawToken, "rawToken must not be null");
        Objects.requireNonNull(authSecret, "authSecret must not be null");
        Optional<String> identifier = NormalEmail.find(email);
        if (identifier.isEmpty()) {
            return Mono.empty();
        }
        return Mono.defer(
                () -> useVerificationToken(identifier.get(), VerificationToken.hash(Secret.of(rawToken), authSecret))
                        .filter(token -> token.expires().isAfter(clock.instant()))
                        .map(VerificationToken::identifier));
    }

    /**
     * The form in which Auth.js stores an address and looks for it: NFKC, lower case, trimmed, without what follows a comma.
     *
     * @throws InvalidAuthValueException Auth.js would not take it
     */
    public static String normalEmail(String email) {
        Objects.requireNonNull(email, "email must not be null");
        return NormalEmail.of(email);
    }

    // authenticators

    /**
     * Stores an authenticator.
     *
     * @return as stored; {@link UnknownUserException}, or {@link FactorException} when there is one with that credential
     * @throws InvalidAuthValueException the layout has no such table, or the id of the user is a number
     */
    public Mono<AdapterAuthenticator> createAuthenticator(AdapterAuthenticator authenticator) {
        Objects.requireNonNull(authenticator, "authenticator must not be null");
        return statements
                .insertNew(authenticator.written(statements), "credentialID")
                .map(AdapterAuthenticator::of)
                .onErrorMap(error -> Statements.withoutUser(error, authenticator.userId()))
                .switchIfEmpty(
                        Mono.error(() -> new FactorException("There is an authenticator with this credential id ("
                                + layout.table(Part.AUTHENTICATOR) + "). It cannot be registered twice.")));
    }

    /** The authenticator; empty when there is none. */
    public Mono<AdapterAuthenticator> getAuthenticator(String credentialId) {
        Objects.requireNonNull(credentialId, "credentialId must not be null");
        String sql = select(Part.AUTHENTICATOR) + statements.where(Part.AUTHENTICATOR, "credentialID");
        return statements
                .first(Part.AUTHENTICATOR, sql, Statements.twice(credentialId))
                .map(AdapterAuthenticator::of);
    }

    /** Those of a user, oldest first. */
    public Flux<AdapterAuthenticator> listAuthenticatorsByUserId(String userId) {
        Objects.requireNonNull(userId, "userId must not be null");
        String sql = select(Part.AUTHENTICATOR) + statements.where(Part.AUTHENTICATOR, "userId") + " ORDER BY "
                + layout.quoted(Part.AUTHENTICATOR) + ".rowid";
        return statements.rows(sql, Statements.twice(userId)).map(AdapterAuthenticator::of);
    }

    /**
     * Stores what an authenticator counted.
     *
     * @return as stored; {@link FactorException} when there is none
     */
    public Mono<AdapterAuthenticator> updateAuthenticatorCounter(String credentialId, long counter) {
        Objects.requireNonNull(credentialId, "credentialId must not be null");
        Values values = statements.values(Part.AUTHENTICATOR).number("counter", counter);
        return statements
                .update(values, "credentialID", credentialId)
                .map(AdapterAuthenticator::of)
                .switchIfEmpty(
                        Mono.error(() -> new FactorException("There is no authenticator with this credential id ("
                                + layout.table(Part.AUTHENTICATOR) + ").")));
    }

    private String select(Part part) {
        return "SELECT " + statements.fields(part) + " FROM " + layout.quoted(part);
    }

    private String joinUser(Part part) {
        return " JOIN " + layout.quoted(Part.USER) + " ON " + statements.ofUser(part);
    }

    @Override
    public String toString() {
        return "AuthJsAdapter[" + layout.name() + ", " + database + "]";
    }
}
