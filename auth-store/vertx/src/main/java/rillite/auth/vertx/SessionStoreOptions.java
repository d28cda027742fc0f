package rillite.auth.vertx;

import io.vertx.core.json.JsonObject;

/** What {@link SqliteSessionStore} is told by JSON. */
record SessionStoreOptions(int maxPayloadBytes, long touchEveryMillis, long sweepEveryMillis, long retryTimeout) {

    private static final long HOUR = 3_600_000;

    static SessionStoreOptions of(JsonObject json) {
        return new SessionStoreOptions(
                (int) number(json, "maxPayloadBytes", 65_536, 1_024, 16_777_216),
                number(json, "touchEveryMillis", 60_000, 0, 24 * HOUR),
                number(json, "sweepEveryMillis", 300_000, 100, 24 * HOUR),
                number(json, "retryTimeout", 0, 0, 60_000));
    }

    private static long number(JsonObject json, String name, long usual, long least, long most) {
        Object value = json.getValue(name, usual);
        if (value instanceof Number number && number.longValue() >= least && number.longValue() <= most) {
            return number.longValue();
        }
        throw new IllegalArgumentException("The option " + name + " of the session store is " + value
                + ". It must be a number from " + least + " to " + most + ".");
    }

    /** How old a noted visit is when another one is noted: at the most half of the session's life. */
    long touchAge(long timeout) {
        return Math.min(touchEveryMillis, timeout / 2);
    }
}
