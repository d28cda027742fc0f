package rillite.core;

/**
 * One physical connection, as the lanes see it. Every method but {@link #interrupt()} is called by the lane thread that
 * owns the connection at that moment, never by two threads at once.
 */
@SuppressWarnings("try")
public interface PhysicalConnection extends AutoCloseable {

    /** Starts the write transaction of a commit group, with the write lock taken at once. */
    void beginWrite() throws Exception;

    /** Commits the open transaction. After a failure the transaction may still be open: the lane rolls it back. */
    void commit() throws Exception;

    /** Rolls the open transaction back. Does nothing when none is open. */
    void rollback() throws Exception;

    /**
     * Starts a snapshot that the reads after it share, if that is cheaper than one each. The snapshot is taken by the first
     * of them.
     *
     * @return false when this connection does not share snapshots
     */
    default boolean beginShared() throws Exception {
        return false;
    }

    /** Ends a shared snapshot; a cursor that is open keeps it for itself. */
    default void endShared() throws Exception {}

    /** Tells whether a transaction is open now, also when the engine below has ended it by itself. */
    boolean inTransaction();

    /** Sets the savepoint that makes one item of a group atomic. */
    void savepoint() throws Exception;

    /** Releases the item's savepoint. */
    void releaseSavepoint() throws Exception;

    /** Undoes everything since the item's savepoint and releases it. */
    void rollbackToSavepoint() throws Exception;

    /** Stops the running statement. Called from any thread, guarded so that it can only meet the run it is meant for. */
    void interrupt();

    /** Says what an error thrown by this connection means for the work around it. */
    Failure classify(Throwable error, Phase phase);

    /**
     * Called on the writer after acknowledged writes; the place for checkpoints.
     *
     * @param idle true when nothing waits in the queue
     */
    default void afterWrites(boolean idle) throws Exception {}

    @Override
    void close() throws Exception;

    /** What was being done when an error came back. */
    enum Phase {
        /** A transaction was being started. */
        BEGIN,
        /** A statement ran inside a transaction. */
        STATEMENT,
        /** A statement ran outside a transaction, so it was its own commit. */
        AUTOCOMMIT,
        /** COMMIT was sent. */
        COMMIT
    }

    /** What an error means for the transaction around it. */
    enum Failure {
        /** Only this statement failed; an open transaction is intact. At COMMIT: refused, and known not applied. */
        STATEMENT,
        /** The transaction is gone or must go; nothing of it is applied. */
        TRANSACTION,
        /** Nothing is applied and trying again at once is of no use, such as a full disk. */
        NOT_APPLIED,
        /** Somebody else holds the lock; nothing happened; it can be tried again. */
        BUSY,
        /** The write may or may not be applied. Never repeated; the writer is reopened. */
        UNKNOWN
    }
}
