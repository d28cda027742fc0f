package rillite.auth.spring.security;

import java.time.Instant;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import rillite.auth.AuthOverloadedException;
import rillite.auth.UnknownUserException;
import rillite.auth.WrongPasswordException;

/** What the store refuses, in the words of Spring. */
final class SignInErrors {

    private SignInErrors() {}

    static BadCredentialsException rejected() {
        return new BadCredentialsException("The login or the password is wrong.");
    }

    static LockedException locked(Instant until) {
        return new LockedException("Too many tries failed. The next one is permitted at " + until + ".");
    }

    static CredentialsExpiredException ended() {
        return new CredentialsExpiredException("The session has ended. Sign in again.");
    }

    static InternalAuthenticationServiceException foreign(Authentication authentication) {
        Object principal = authentication.getPrincipal();
        String kind = principal == null ? "nobody" : principal.getClass().getName();
        return new InternalAuthenticationServiceException(
                "A session was to begin for a principal that is no user of the"
                        + " store (" + kind + "). Sign in by AuthStoreReactiveAuthenticationManager, by"
                        + " AuthStoreReactiveUserDetailsService or by oauth2Login, or keep this kind of sign-in out by a"
                        + " securityContextRepository of its own.");
    }

    /** What became of a sign-in; errors of the database stay what they are. */
    static Throwable translated(Throwable error) {
        if (error instanceof AuthOverloadedException overloaded) {
            return new AuthenticationServiceException(overloaded.getMessage(), overloaded);
        }
        if (error instanceof UnknownUserException unknown) {
            return new DisabledException("The user may not sign in.", unknown);
        }
        if (error instanceof WrongPasswordException outdated) {
            return new CredentialsExpiredException("The password was changed in the meantime.", outdated);
        }
        return error;
    }
}
