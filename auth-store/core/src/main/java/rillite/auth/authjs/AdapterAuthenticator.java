package rillite.auth.authjs;

import org.jspecify.annotations.Nullable;

/**
 * A passkey as Auth.js keeps it.
 *
 * @param credentialId in base64
 * @param userId whose it is
 * @param providerAccountId the account it belongs to
 * @param credentialPublicKey in base64
 * @param counter what the authenticator counted last
 * @param credentialDeviceType {@code singleDevice} or {@code multiDevice}
 * @param credentialBackedUp whether it is kept elsewhere too
 * @param transports how it is reached, with commas between
 */
public record AdapterAuthenticator(
        String credentialId,
        String userId,
        String providerAccountId,
        String credentialPublicKey,
        long counter,
        String credentialDeviceType,
        boolean credentialBackedUp,
        @Nullable String transports) {

    static AdapterAuthenticator of(Stored row) {
        Long counter = row.number(Part.AUTHENTICATOR, "counter");
        return new AdapterAuthenticator(
                row.text(Part.AUTHENTICATOR, "credentialID"),
                row.text(Part.AUTHENTICATOR, "userId"),
                row.text(Part.AUTHENTICATOR, "providerAccountId"),
                row.text(Part.AUTHENTICATOR, "credentialPublicKey"),
                // What cannot be read is more than any authenticator counts: nothing passes for newer.
                counter == null ? Long.MAX_VALUE : counter,
                row.text(Part.AUTHENTICATOR, "credentialDeviceType"),
                row.flag(Part.AUTHENTICATOR, "credentialBackedUp"),
                row.optional(Part.AUTHENTICATOR, "transports"));
    }

    Values written(Statements statements) {
        return statements
                .values(Part.AUTHENTICATOR)
                .text("credentialID", credentialId)
                .id("userId", userId)
                .text("providerAccountId", providerAccountId)
                .text("credentialPublicKey", credentialPublicKey)
                .number("counter", counter)
                .text("credentialDeviceType", credentialDeviceType)
                .number("credentialBackedUp", credentialBackedUp ? 1L : 0L)
                .text("transports", transports);
    }
}
