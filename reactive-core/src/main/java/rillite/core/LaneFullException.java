package rillite.core;

/** A bounded queue of the lanes is full. Nothing was done; trying again later may succeed. */
public final class LaneFullException extends LaneException {

    private static final long serialVersionUID = 1;
    private final String bound;
    private final long limit;
    private final long value;

    LaneFullException(String lanes, String bound, long limit, long value, String detail) {
        super(
                lanes + ": " + bound + " is full (limit " + limit + ", now " + value + detail
                        + "). Nothing was done. Slow the producer down (flatMap with a concurrency, limitRate), or"
                        + " raise "
                        + bound + ".",
                null);
        this.bound = bound;
        this.limit = limit;
        this.value = value;
    }

    /** Returns the name of the bound, such as {@code writerQueueLimit}. */
    public String bound() {
        return bound;
    }

    /** Returns the configured limit, in the unit of the bound (items or bytes). */
    public long limit() {
        return limit;
    }

    /** Returns the value that met the limit. */
    public long value() {
        return value;
    }
}
