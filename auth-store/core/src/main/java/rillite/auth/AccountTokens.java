package rillite.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tokens of linked accounts, encrypted for their row. */
final class AccountTokens {

    private static final String CHANGE =
            "UPDATE auth_account SET tokens_enc = ?2, expires_at = ?3, scope = ?4, token_version = token_version + 1"
                    + " WHERE id = ?1";

    private final Store store;
    private final SecretBox box;

    AccountTokens(Store store) {
        this.store = store;
        box = new SecretBox(store.options().keys());
    }

    private static String place(String account) {
        return "auth_account.tokens_enc of " + account;
    }

    byte[] sealed(AccountId account, OAuthTokens tokens) {
        return box.seal(place(account.value()), tokens.sealedText());
    }

    Mono<OAuthTokens> find(AccountId account) {
        return store.row(
                        "SELECT tokens_enc, expires_at, scope FROM auth_account"
                                + " WHERE id = ?1 AND tokens_enc IS NOT NULL",
                        account.value())
                .map(Fields::of)
                .map(row -> OAuthTokens.of(
                        box.open(place(account.value()), row.bytes("tokens_enc")),
                        row.optionalInstant("expires_at"),
                        row.optionalText("scope")));
    }

    /** Stores tokens that came with a sign-in, if some did. */
    Mono<Void> refresh(ExternalIdentity identity) {
        OAuthTokens tokens = identity.tokens();
        return tokens == null
                ? Mono.empty()
                : store.row(
                                "SELECT id FROM auth_account WHERE provider = ?1 AND provider_account_id = ?2",
                                identity.provider(),
                                identity.accountId())
                        .map(row -> new AccountId(Fields.of(row).text("id")))
                        .flatMap(id -> whole(id, tokens)
                                .flatMap(all -> store.change(
                                        CHANGE, id.value(), sealed(id, all), millis(all.expiresAt()), all.scope())))
                        .then();
    }

    Mono<OAuthTokens> rotate(AccountId account, long version, OAuthTokens next) {
        return whole(account, next)
                .flatMap(all -> store.changes(
                                CHANGE + " AND token_version = ?5",
                                account.value(),
                                sealed(account, all),
                                millis(all.expiresAt()),
                                all.scope(),
                                version)
                        .flatMap(won -> won ? Mono.just(all) : find(account)));
    }

    Mono<Boolean> forget(AccountId account) {
        return store.changes(
                "UPDATE auth_account SET tokens_enc = NULL, expires_at = NULL, scope = NULL,"
                        + " token_version = token_version + 1 WHERE id = ?1",
                account.value());
    }

    /** With the refresh token that is stored, where the provider sent no new one: it goes on with the old one. */
    private Mono<OAuthTokens> whole(AccountId account, OAuthTokens next) {
        return next.refresh() != null
                ? Mono.just(next)
                : find(account)
                        .onErrorResume(EncryptionException.class, unreadable -> Mono.empty())
                        .map(stored -> next.refresh(stored.refresh()))
                        .defaultIfEmpty(next);
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }
}
