package rillite.auth.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.ClusterSerializable;
import java.util.concurrent.atomic.AtomicInteger;

/** A class that does harm when it is made from bytes. */
public final class Gadget implements ClusterSerializable {

    static final AtomicInteger MADE = new AtomicInteger();

    /** As the format of Vert.x needs it. */
    public Gadget() {
        MADE.incrementAndGet();
    }

    @Override
    public void writeToBuffer(Buffer buffer) {
        buffer.appendByte((byte) 1);
    }

    @Override
    public int readFromBuffer(int pos, Buffer buffer) {
        MADE.incrementAndGet();
        return pos + 1;
    }
}
