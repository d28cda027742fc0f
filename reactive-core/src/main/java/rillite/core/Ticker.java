package rillite.core;

/**
 * A source of monotonic nanoseconds. Deadlines are measured with it and never with the wall clock, so a clock that jumps
 * changes nothing. Tests drive their own.
 */
@FunctionalInterface
public interface Ticker {

    /** Returns the ticker of the JVM, {@link System#nanoTime()}. */
    static Ticker system() {
        return System::nanoTime;
    }

    /** Returns nanoseconds from an arbitrary origin; only differences mean something. */
    long nanos();
}
