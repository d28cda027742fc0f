package rillite.auth.spring.security;

/** Whether the cookie of a session outlives the browser's closing. The session itself ends as the store says, in any case. */
public enum Remember {
    /** It goes with the browser. */
    NEVER,
    /** It stays when the request that signs in has a parameter {@code remember-me}, in the form or in the address. */
    IF_ASKED,
    /** It stays until the absolute end of the session. */
    ALWAYS
}
