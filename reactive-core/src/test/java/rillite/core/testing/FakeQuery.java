package rillite.core.testing;

import java.util.ArrayList;
import java.util.List;
import rillite.core.PreparedCursor;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError.Code;

/** A query of the fake: generated rows {@code "0", "1", ...}, or the values of the table. */
public final class FakeQuery implements PreparedCursor.Source<FakeConnection, FakeQuery.Rows> {
    private final long rows;
    private final int rowBytes;
    private final int fetchSize;
    private final long hangAt;
    private final long failAt;
    private final Code failure;

    private FakeQuery(long rows, int rowBytes, int fetchSize, long hangAt, long failAt, Code failure) {
        this.rows = rows;
        this.rowBytes = rowBytes;
        this.fetchSize = fetchSize;
        this.hangAt = hangAt;
        this.failAt = failAt;
        this.failure = failure;
    }

    /** Generates this many rows. */
    public static FakeQuery rows(long count) {
        return new FakeQuery(count, 16, 0, -1, -1, Code.CONSTRAINT);
    }

    /** Reads the table as the snapshot shows it. */
    public static FakeQuery table() {
        return rows(-1);
    }

    /** Hangs before its first row until it is interrupted. */
    public static FakeQuery endless() {
        return rows(Long.MAX_VALUE).hangAt(0);
    }

    public FakeQuery rowBytes(int value) {
        return new FakeQuery(rows, value, fetchSize, hangAt, failAt, failure);
    }

    public FakeQuery fetchSize(int value) {
        return new FakeQuery(rows, rowBytes, value, hangAt, failAt, failure);
    }

    /** Hangs before this row until it is interrupted or released. */
    public FakeQuery hangAt(long row) {
        return new FakeQuery(rows, rowBytes, fetchSize, row, failAt, failure);
    }

    /** Fails before this row. */
    public FakeQuery failAt(long row, Code code) {
        return new FakeQuery(rows, rowBytes, fetchSize, hangAt, row, code);
    }

    /** Reads a row as it is. */
    public static PreparedCursor.Reader<Rows, String> reader() {
        return (chunk, row) -> chunk.values().get(row);
    }

    @Override
    public PreparedCursor<Rows> open(FakeConnection connection) {
        connection.enter();
        try {
            connection.database().at(Point.OPEN_CURSOR, connection);
            return new Cursor(connection, connection.openStatement());
        } finally {
            connection.leave();
        }
    }

    @Override
    public int fetchSize() {
        return fetchSize;
    }

    @Override
    public String label() {
        return rows < 0 ? "table" : "rows";
    }

    /** A chunk on the heap. */
    public record Rows(List<String> values, long bytes, boolean last) implements PreparedCursor.Chunk {

        @Override
        public int size() {
            return values.size();
        }
    }

    private final class Cursor implements PreparedCursor<Rows> {
        private final FakeConnection connection;
        private final int visible;
        private long position;
        private boolean over;
        private boolean closed;

        Cursor(FakeConnection connection, int visible) {
            this.connection = connection;
            this.visible = visible;
        }

        @Override
        public Rows pull(int maxRows, int maxBytes) {
            connection.enter();
            try {
                if (over || closed) {
                    connection.database().violation("a cursor pulled after its end");
                }
                over = true;
                Rows chunk = copy(maxRows, maxBytes);
                over = chunk.last();
                return chunk;
            } finally {
                connection.leave();
            }
        }

        private Rows copy(int maxRows, int maxBytes) {
            FakeDatabase database = connection.database();
            database.at(Point.PULL, connection);
            List<String> copied = new ArrayList<>();
            long bytes = 0;
            long end = rows < 0 ? visible : rows;
            while (position < end && copied.size() < maxRows && (copied.isEmpty() || bytes < maxBytes)) {
                step();
                copied.add(rows < 0 ? database.value((int) position) : Long.toString(position));
                bytes += rowBytes;
                position++;
                database.rowsRead.incrementAndGet();
            }
            connection.checkInterrupt();
            return new Rows(copied, bytes, position >= end);
        }

        private void step() {
            connection.checkInterrupt();
            if (position == hangAt) {
                connection.hang();
            }
            if (position == failAt) {
                connection.failed(failure, Point.PULL);
                throw new FakeError(failure, "at row " + position);
            }
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            connection.enter();
            closed = true;
            connection.closeStatement();
            connection.leave();
        }

        @Override
        public String toString() {
            return "cursor of " + connection;
        }
    }
}
