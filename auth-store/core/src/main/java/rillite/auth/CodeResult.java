package rillite.auth;

import java.time.Instant;

/** What came of a code that somebody typed. */
public sealed interface CodeResult {

    /** The code is right, and used now. */
    record Ok() implements CodeResult {}

    /** The code is wrong, was used already, has expired, or there is none: which of them is not told. */
    record Rejected() implements CodeResult {}

    /**
     * Too many codes were wrong. This one was not looked at.
     *
     * @param until when the next one is permitted
     */
    record Locked(Instant until) implements CodeResult {}
}
