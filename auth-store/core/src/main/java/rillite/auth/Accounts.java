package rillite.auth;

import java.time.Instant;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who may sign in through somebody else: the accounts of providers, each linked to one user at most. The protocol with the
 * provider is not done here; give what it has proven.
 *
 * <p>Tokens of providers are stored encrypted, by {@link AuthOptions#encryptionKey}.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Accounts {

    private final Store store;
    private final Sessions sessions;
    private final Users users;
    private final AccountTokens tokens;

    Accounts(Store store, Sessions sessions) {
        this.store = store;
        this.sessions = sessions;
        users = new Users(store);
        tokens = new AccountTokens(store);
    }

    /** The user to whom an account is linked, disabled or not; empty when it is linked to none. */
    public Mono<User> findUser(String provider, String accountId) {
        Objects.requireNonNull(provider, "provider must not be null");
        Objects.requireNonNull(accountId, "accountId must not be null");
        if (!ExternalIdentity.isPossible(provider, accountId)) {
            return Mono.empty();
        }
        return store.row(
                        "SELECT " + User.COLUMNS + " FROM auth_account a JOIN auth_user u ON u.id = a.user_id"
                                + " WHERE a.provider = ?1 AND a.provider_account_id = ?2",
                        provider,
                        accountId)
                .map(row -> User.of(Fields.of(row)));
    }

    /**
     * Signs in who a provider has proven: finds the user, or creates them, links the account and begins a session, all in one
     * transaction. Tokens that came along are stored.
     *
     * @return {@link AccountNotLinkedException} when a user has the address and the policy does not permit to link; {@link
     *     UnknownUserException} when the user is disabled
     */
    public Mono<SignIn> signInOrRegister(ExternalIdentity identity, LinkPolicy policy, SessionRequest request) {
        Objects.requireNonNull(identity, "identity must not be null");
        Objects.requireNonNull(policy, "policy must not be null");
        Objects.requireNonNull(request, "request must not be null");
        return store.together(() -> findUser(identity.provider(), identity.accountId())
                .flatMap(user -> tokens.refresh(identity).then(signedIn(user, request, SignIn.Outcome.KNOWN)))
                .switchIfEmpty(Mono.defer(() -> sameAddress(identity)
                        .flatMap(user -> mayLink(user, identity, policy)
                                ? joined(user, identity, request, SignIn.Outcome.LINKED)
                                : Mono.error(AuthErrors.notLinked(identity.provider())))))
                .switchIfEmpty(Mono.defer(() -> users.create(newUser(identity))
                        .flatMap(user -> joined(user, identity, request, SignIn.Outcome.REGISTERED)))));
    }

    private Mono<User> sameAddress(ExternalIdentity identity) {
        String email = identity.email();
        return email == null ? Mono.empty() : users.findByEmail(email);
    }

    private static boolean mayLink(User user, ExternalIdentity identity, LinkPolicy policy) {
        String here = user.email();
        String there = identity.email();
        return policy == LinkPolicy.LINK_IF_BOTH_VERIFIED
                && here != null
                && there != null
                && EmailKey.isSameSpelling(here, there)
                && identity.emailVerified()
                && user.emailVerifiedAt() != null;
    }

    private static NewUser newUser(ExternalIdentity identity) {
        return new NewUser(identity.email(), identity.emailVerified(), identity.name(), identity.image());
    }

    private Mono<SignIn> joined(User user, ExternalIdentity identity, SessionRequest request, SignIn.Outcome outcome) {
        return link(user.id(), identity).then(signedIn(user, request, outcome));
    }

    private Mono<SignIn> signedIn(User user, SessionRequest request, SignIn.Outcome outcome) {
        return sessions.create(user.id(), request).map(session -> new SignIn(user, session, outcome));
    }

    /**
     * Links an account to a user. Linked to them already, it stays as it is, with the new tokens if some came along.
     *
     * @return {@link AccountLinkedElsewhereException} when it is linked to another user; {@link UnknownUserException}
     */
    public Mono<Account> link(UserId user, ExternalIdentity identity) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(identity, "identity must not be null");
        return store.together(() -> {
            AccountId id = new AccountId(Chance.id());
            OAuthTokens issued = identity.tokens();
            Instant expiry = issued == null ? null : issued.expiresAt();
            return store.row(
                            "INSERT INTO auth_account (id, user_id, provider, provider_account_id, type, tokens_enc,"
                                    + " expires_at, scope, created_at) SELECT ?1, u.id, ?3, ?4, ?5, ?6, ?7, ?8, ?9"
                                    + " FROM auth_user u WHERE u.id = ?2"
                                    + " ON CONFLICT (provider, provider_account_id) DO NOTHING RETURNING "
                                    + Account.COLUMNS,
                            id.value(),
                            user.value(),
                            identity.provider(),
                            identity.accountId(),
                            identity.type(),
                            issued == null ? null : tokens.sealed(id, issued),
                            expiry == null ? null : expiry.toEpochMilli(),
                            issued == null ? null : issued.scope(),
                            store.now())
                    .flatMap(row -> Audit.record(
                                    store, AuditEvent.of("account.linked", user).detail(identity.provider()))
                            .thenReturn(Account.of(Fields.of(row))))
                    .switchIfEmpty(Mono.defer(() -> linkedAlready(user, identity)));
        });
    }

    private Mono<Account> linkedAlready(UserId user, ExternalIdentity identity) {
        Mono<Account> now = find(identity.provider(), identity.accountId());
        return now.switchIfEmpty(Mono.error(() -> AuthErrors.unknownUser(user)))
                .flatMap(account -> account.user().equals(user)
                        ? tokens.refresh(identity).then(now)
                        : Mono.error(AuthErrors.linkedElsewhere(identity.provider())));
    }

    private Mono<Account> find(String provider, String accountId) {
        return store.row(
                        "SELECT " + Account.COLUMNS
                                + " FROM auth_account WHERE provider = ?1 AND provider_account_id = ?2",
                        provider,
                        accountId)
                .map(row -> Account.of(Fields.of(row)));
    }

    /**
     * Unlinks an account, if its user has another way in: a password, a passkey or another account. False when it is linked to
     * nobody.
     *
     * @return {@link LastLoginMethodException} when it is the only way in
     */
    public Mono<Boolean> unlink(String provider, String accountId) {
        return unlink(provider, accountId, false);
    }

    /** As {@link #unlink(String, String)}; when forced, also the only way in. */
    public Mono<Boolean> unlink(String provider, String accountId, boolean force) {
        Objects.requireNonNull(provider, "provider must not be null");
        Objects.requireNonNull(accountId, "accountId must not be null");
        if (!ExternalIdentity.isPossible(provider, accountId)) {
            return Mono.just(false);
        }
        return store.together(() -> find(provider, accountId)
                .flatMap(account -> unlinked(account)
                        .delayUntil(done -> Factor.another(store, account.user(), "The account of " + provider, force)))
                .defaultIfEmpty(false));
    }

    private Mono<Boolean> unlinked(Account account) {
        AuditEvent event = AuditEvent.of("account.unlinked", account.user()).detail(account.provider());
        return store.changes(
                        "DELETE FROM auth_account WHERE id = ?1", account.id().value())
                .delayUntil(done -> Audit.record(store, event));
    }

    /** The accounts of a user, the one linked first first. */
    public Flux<Account> of(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return store.rows(
                        "SELECT " + Account.COLUMNS + " FROM auth_account WHERE user_id = ?1 ORDER BY created_at, id",
                        user.value())
                .map(row -> Account.of(Fields.of(row)));
    }

    /**
     * The tokens of an account; empty when there are none.
     *
     * @return {@link EncryptionException} when they cannot be read
     */
    public Mono<OAuthTokens> tokens(AccountId account) {
        Objects.requireNonNull(account, "account must not be null");
        return tokens.find(account);
    }

    /** Forgets the tokens of an account, which stays linked. False when there is no such account. */
    public Mono<Boolean> forgetTokens(AccountId account) {
        Objects.requireNonNull(account, "account must not be null");
        return tokens.forget(account);
    }

    /**
     * Stores refreshed tokens, unless somebody else has stored some in the meantime: of any number at once, one wins.
     *
     * @param expectedVersion {@link Account#tokenVersion} as it was when the refresh began
     * @return the tokens that are stored now: these, or those of the winner; empty when there is no such account
     */
    public Mono<OAuthTokens> rotateTokens(AccountId account, long expectedVersion, OAuthTokens next) {
        Objects.requireNonNull(account, "account must not be null");
        Objects.requireNonNull(next, "next must not be null");
        return tokens.rotate(account, expectedVersion, next);
    }
}
