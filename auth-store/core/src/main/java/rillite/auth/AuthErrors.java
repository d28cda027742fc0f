package rillite.auth;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts of the errors. */
final class AuthErrors {

    private static final Pattern MISSING =
            Pattern.compile("no such (table|column): \\w+(\\.\\w+)*|table \\w+ has no column named \\w+");

    private AuthErrors() {}

    static EmailTakenException emailTaken(@Nullable Throwable cause) {
        return new EmailTakenException(
                "The e-mail address belongs to another user (auth_user.email_key). Upper and lower case, and forms of"
                        + " Unicode, make no difference.",
                cause);
    }

    static UnknownUserException unknownUser(UserId user) {
        return new UnknownUserException(
                "There is no user " + user + " that may sign in: no row of auth_user, or disabled.");
    }

    static InvalidTokenException invalidToken(Purpose purpose) {
        return new InvalidTokenException(
                "The token is not one for " + purpose + ", was used, or has expired. Issue a new one.");
    }

    static AccountLinkedElsewhereException linkedElsewhere(String provider) {
        return new AccountLinkedElsewhereException(
                "The account of " + provider + " is linked to another user (auth_account). Unlink it there first.");
    }

    static AccountNotLinkedException notLinked(String provider) {
        return new AccountNotLinkedException("A user with the e-mail address of this " + provider
                + " account exists. Let them sign in and call link(..), or use LinkPolicy.LINK_IF_BOTH_VERIFIED.");
    }

    static LastLoginMethodException lastMethod(String what, UserId user) {
        return new LastLoginMethodException(what + " is the only way in for user " + user
                + ". Let them set a password, save a passkey or link an account first, or force it.");
    }

    static WrongPasswordException outdatedPassword() {
        return new WrongPasswordException(
                "The password was checked before it, another factor or the sessions of its user were changed. Sign in again.",
                null);
    }

    static WrongPasswordException wrongPassword() {
        return new WrongPasswordException("The old password is wrong. Nothing was changed.", null);
    }

    static WrongPasswordException lockedPassword(Instant until) {
        return new WrongPasswordException(
                "The old password was wrong too often. Nothing was changed; the next try is permitted at " + until
                        + ".",
                until);
    }

    static FactorException confirmedAlready(UserId user) {
        return new FactorException("User " + user + " has a confirmed authenticator. Call totp().remove(..) first.");
    }

    static FactorException notConfirmed(UserId user) {
        return new FactorException("User " + user
                + " has no confirmed authenticator. Call totp().begin(..) and totp().confirm(..) first.");
    }

    static FactorException passkeyTaken() {
        return new FactorException(
                "Another user has a passkey with this credential id (auth_passkey). It cannot be registered twice.");
    }

    /** A table or column is not there: nobody called migrate(), or somebody changed the tables. Other errors stay as they are. */
    static Throwable otherTables(Throwable error) {
        Matcher missing = MISSING.matcher(String.valueOf(error.getMessage()));
        return missing.find() ? new SchemaMismatchException(List.of(missing.group())).initCause(error) : error;
    }

    static EncryptionException noKey() {
        return new EncryptionException(
                "There is no key to encrypt secrets with. Give one by AuthOptions.encryptionKey(id, key).", null);
    }

    static EncryptionException unreadable(String where, @Nullable Throwable cause) {
        return new EncryptionException(
                "The secret in " + where
                        + " cannot be read: its key is not among AuthOptions.encryptionKey(..), or it was"
                        + " changed or moved from another row.",
                cause);
    }
}
