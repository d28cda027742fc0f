package rillite.core;

/**
 * Opens physical connections on lane threads, so that opening never blocks a caller.
 *
 * @param <C> the physical connection
 */
public interface ConnectionSource<C extends PhysicalConnection> {

    /** Opens the one connection that writes. Called on the writer thread, again after an outcome became unknown. */
    C openWriter() throws Exception;

    /** Opens one more connection that only reads. Called on a reader thread. */
    C openReader() throws Exception;

    /** Opens the own connection of a dedicated session. Called on a reader thread. */
    C openDedicated() throws Exception;

    /** Tells whether readers may run beside the writer. When false everything runs on the writer's connection. */
    boolean concurrentReaders(C writer);

    /** Last work on the writer before it is closed, such as a final checkpoint. */
    default void beforeClose(C writer) throws Exception {}

    /** Turns an error of the lanes into the error that subscribers of this source expect. */
    default Throwable translate(LaneException error) {
        return error;
    }
}
