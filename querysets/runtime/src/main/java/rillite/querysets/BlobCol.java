package rillite.querysets;

import java.nio.ByteBuffer;

/**
 * A column of bytes; read, they are a read-only buffer. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class BlobCol<R> extends Expr<R, ByteBuffer> implements Col<R, ByteBuffer> {

    BlobCol(Place<ByteBuffer> place) {
        super(place);
    }

    /** This column set to a copy of some bytes. */
    public Assign<R> to(byte[] value) {
        return Assign.of(this, ByteBuffer.wrap(value.clone()));
    }

    /** These bytes. */
    public Q<R> eq(byte[] value) {
        return eq(ByteBuffer.wrap(value.clone()));
    }

    /** The number of bytes. */
    public NumberExpr<R, Long> length() {
        return number(Transform.LENGTH);
    }
}
