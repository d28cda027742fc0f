package rillite.auth;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody is at a provider, as the provider has proven it. Immutable.
 *
 * @param provider its name: 1 to 100 characters
 * @param accountId who they are there: 1 to 300 characters
 * @param type {@code oauth}, {@code oidc}, {@code email} or a name of your own; {@code client} for one that holds tokens only and
 *     is no way in
 * @param email their address as the provider tells it; null, or what is no address, counts as none
 * @param emailVerified whether the provider says that the address is proven
 * @param name to be shown
 * @param image where a picture is
 * @param tokens with which the application may act for them there
 */
public record ExternalIdentity(
        String provider,
        String accountId,
        String type,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String name,
        @Nullable String image,
        @Nullable OAuthTokens tokens) {

    /**
     * @throws InvalidAuthValueException provider, id or type is empty, too long or has control characters
     */
    public ExternalIdentity {
        Texts.check("provider", provider, 100);
        Texts.check("account id", accountId, 300);
        Texts.check("type of an account", type, 50);
        email = EmailKey.find(email) == null || email == null ? null : EmailKey.trimmed(email);
        emailVerified = emailVerified && email != null;
        name = blankToNull(Texts.shortened(name, NewUser.LONGEST_NAME));
        image = blankToNull(Texts.shortened(image, NewUser.LONGEST_IMAGE));
    }

    /** Whether there can be an account of that name: a text from outside may be one that cannot even be asked for. */
    static boolean isPossible(String provider, String accountId) {
        return Texts.oddCharacter(provider) < 0 && Texts.oddCharacter(accountId) < 0;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Somebody of whom nothing else is known. */
    public static ExternalIdentity of(String provider, String accountId) {
        return new ExternalIdentity(provider, accountId, "oauth", null, false, null, null, null);
    }

    /** With an address, proven or not. */
    public ExternalIdentity email(@Nullable String address, boolean verified) {
        return new ExternalIdentity(provider, accountId, type, address, verified, name, image, tokens);
    }

    /** With a name and a picture. */
    public ExternalIdentity profile(@Nullable String shown, @Nullable String picture) {
        return new ExternalIdentity(provider, accountId, type, email, emailVerified, shown, picture, tokens);
    }

    /** With the tokens of the provider. */
    public ExternalIdentity tokens(@Nullable OAuthTokens issued) {
        return new ExternalIdentity(provider, accountId, type, email, emailVerified, name, image, issued);
    }
}
