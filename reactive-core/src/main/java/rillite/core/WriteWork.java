package rillite.core;

/**
 * One write, atomic by itself. It may run more than once before it is acknowledged (a group that failed is replayed), so it
 * works on captured values only.
 *
 * @param <C> the physical connection
 * @param <R> the result, never null
 */
public interface WriteWork<C, R> {

    /** Runs on the writer's thread, or on the lane of the session's lease; never emits. */
    R run(C connection) throws Exception;

    /** Says what makes this write atomic inside a commit group. */
    default Atomicity atomicity() {
        return Atomicity.STATEMENT;
    }

    /** Returns the size of the captured values, in bytes. */
    default long bytes() {
        return 64;
    }

    /** Returns how long this write is expected to run, in nanoseconds, or 0 when that is not known. */
    default long expectedNanos() {
        return 0;
    }

    /** Tells that this work only reads, so that it may be interrupted inside a transaction. */
    default boolean readOnly() {
        return false;
    }

    /** Returns a short text for diagnostics, such as the SQL, never with values. */
    default String label() {
        return "write";
    }

    /** What keeps a failing write from leaving a part behind. */
    enum Atomicity {
        /** One statement that undoes itself when it fails. */
        STATEMENT,
        /** Needs a savepoint: several statements, or one that may keep a part. */
        SAVEPOINT,
        /** May end the transaction around it: runs in a transaction of its own, without group. */
        ALONE,
        /** Must run outside any transaction, with the writer to itself. */
        BARRIER
    }
}
