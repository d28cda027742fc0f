package rillite.core.testing;

import java.util.List;
import java.util.function.Consumer;
import rillite.core.WriteWork;
import rillite.core.testing.FakeError.Code;

/** A write of one or more values into the fake's table; its result is the number of values. */
public final class FakeWrite implements WriteWork<FakeConnection, Long> {
    private final List<String> values;
    private final Atomicity atomicity;
    private final long bytes;
    private final long expectedNanos;
    private final Consumer<FakeConnection> body;

    private FakeWrite(
            List<String> values, Atomicity atomicity, long bytes, long expectedNanos, Consumer<FakeConnection> body) {
        this.values = values;
        this.atomicity = atomicity;
        this.bytes = bytes;
        this.expectedNanos = expectedNanos;
        this.body = body;
    }

    /** One statement per value. */
    public static FakeWrite insert(String... values) {
        Atomicity atomicity = values.length == 1 ? Atomicity.STATEMENT : Atomicity.SAVEPOINT;
        return new FakeWrite(List.of(values), atomicity, 64, 0, connection -> {});
    }

    public FakeWrite as(Atomicity value) {
        return new FakeWrite(values, value, bytes, expectedNanos, body);
    }

    public FakeWrite bytes(long value) {
        return new FakeWrite(values, atomicity, value, expectedNanos, body);
    }

    public FakeWrite expectedNanos(long value) {
        return new FakeWrite(values, atomicity, bytes, value, body);
    }

    /** Runs inside the last statement, before its value is there. */
    public FakeWrite doing(Consumer<FakeConnection> value) {
        return new FakeWrite(values, atomicity, bytes, expectedNanos, value);
    }

    /** The last statement hangs until it is interrupted. */
    public FakeWrite hanging() {
        return doing(FakeConnection::hang);
    }

    /** The last statement always fails. */
    public FakeWrite failing(Code code) {
        return doing(connection -> {
            connection.failed(code, FakeDatabase.Point.STATEMENT);
            throw new FakeError(code, "always");
        });
    }

    /** COMMIT refuses this write, as a deferred constraint does. */
    public FakeWrite deferredViolation() {
        return doing(FakeConnection::violateAtCommit);
    }

    /** Starts a write transaction. */
    public static WriteWork<FakeConnection, Boolean> begin() {
        return new Begin(true);
    }

    /** Starts a read transaction. */
    public static WriteWork<FakeConnection, Boolean> beginRead() {
        return new Begin(false);
    }

    @Override
    public Long run(FakeConnection connection) {
        for (int i = 0; i < values.size(); i++) {
            boolean last = i == values.size() - 1;
            connection.insert(values.get(i), () -> {
                if (last) {
                    body.accept(connection);
                }
            });
        }
        return (long) values.size();
    }

    @Override
    public Atomicity atomicity() {
        return atomicity;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long expectedNanos() {
        return expectedNanos;
    }

    @Override
    public String label() {
        return "insert " + values.size();
    }

    private record Begin(boolean write) implements WriteWork<FakeConnection, Boolean> {

        @Override
        public Boolean run(FakeConnection connection) {
            if (write) {
                connection.beginWrite();
            } else {
                connection.beginRead();
            }
            return true;
        }

        @Override
        public String label() {
            return "begin";
        }
    }
}
