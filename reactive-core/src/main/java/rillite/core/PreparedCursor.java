package rillite.core;

import org.jspecify.annotations.Nullable;

/**
 * An open result on a physical connection, read in chunks on a lane thread.
 *
 * @param <K> the kind of chunk it copies rows into
 */
public interface PreparedCursor<K extends PreparedCursor.Chunk> {

    /**
     * Copies the next rows into a chunk on the heap. The chunk may be empty only when it is the last.
     *
     * @param maxRows at least 1
     * @param maxBytes soft limit, checked per row: one row larger than it is a chunk of one
     */
    K pull(int maxRows, int maxBytes) throws Exception;

    /** Resets the statement; its snapshot ends with it. Idempotent. */
    void close();

    /** Rows on the heap, without any native resource in them. */
    interface Chunk {
        /** Returns the number of rows. */
        int size();

        /** Returns the approximate size on the heap, in bytes. */
        long bytes();

        /** Tells that no row follows. */
        boolean last();
    }

    /**
     * Opens the cursor on a lane thread; called once per subscription.
     *
     * @param <C> the physical connection
     * @param <K> the chunk
     */
    interface Source<C, K extends Chunk> {
        /** Starts the statement on this connection. */
        PreparedCursor<K> open(C connection) throws Exception;

        /** Returns the row cap of a chunk, or 0 to let the lanes grow chunks from 16 to 1,024 rows. */
        default int fetchSize() {
            return 0;
        }

        /** Returns a short text for diagnostics, such as the SQL, never with values. */
        default String label() {
            return "query";
        }
    }

    /**
     * Turns one row of a chunk into what the subscriber receives; called on the emitting thread, at most once per row.
     *
     * @param <K> the chunk
     * @param <T> the element
     */
    interface Reader<K extends Chunk, T> {
        /** Returns the element, or null to skip the row. An exception ends the stream with it. */
        @Nullable T read(K chunk, int row);
    }
}
