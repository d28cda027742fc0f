package rillite.auth.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.auth.prng.VertxContextPRNG;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.AbstractSession;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A session as one request has it, and what is known of its row. */
final class SqliteSession extends AbstractSession {

    private final SessionMoves moves;
    private @Nullable Mono<Void> lastWrite;
    private volatile @Nullable StoredSession stored;

    /** A new one. */
    SqliteSession(VertxContextPRNG random, long timeout, int bytes, SessionMoves moves) {
        super(random, timeout, bytes);
        this.moves = moves;
    }

    /** One that was read. */
    SqliteSession(VertxContextPRNG random, SessionMoves moves, String id, StoredSession row) {
        super(random);
        this.moves = moves;
        setId(id);
        setTimeout(row.timeout());
        setLastAccessed(row.lastAccessed());
        Buffer payload = Buffer.buffer(row.payload());
        SessionPayload.check(payload);
        readDataFromBuffer(payload);
        // Maps give their entries in another order once they were read: what is compared later is how it would be
        // written now.
        written(new StoredSession(row.hash(), bytes(), row.timeout(), row.lastAccessed(), row.version()));
    }

    @Override
    public Session regenerateId() {
        super.regenerateId();
        moves.begin(this);
        return this;
    }

    /**
     * Its data as bytes.
     *
     * @throws SessionPayloadException they are too many, or cannot be stored
     */
    byte[] payload(int longest) {
        byte[] bytes;
        try {
            bytes = bytes();
        } catch (RuntimeException e) {
            // That of Vert.x names the class. Others, such as those of JSON, may quote the value.
            String reason = e instanceof IllegalStateException
                    ? String.valueOf(e.getMessage())
                    : e.getClass().getSimpleName();
            throw new SessionPayloadException("The session has a value of a type that cannot be stored: " + reason
                    + ". Put texts, numbers, bytes, JsonObject or JsonArray.");
        }
        if (bytes.length > longest) {
            throw new SessionPayloadException("The session has " + bytes.length + " bytes and may have " + longest
                    + ". Put less into it, or raise maxPayloadBytes.");
        }
        SessionPayload.check(Buffer.buffer(bytes));
        return bytes;
    }

    private byte[] bytes() {
        Buffer buffer = Buffer.buffer();
        writeDataToBuffer(buffer);
        return buffer.getBytes();
    }

    /** The row that it came from or went to; null before it was stored. */
    @Nullable StoredSession stored() {
        return stored;
    }

    void written(StoredSession row) {
        stored = row;
        setVersion(row.version());
    }

    /** Its writes happen one after the other, whatever came of the one before. */
    synchronized Mono<Void> inTurn(Mono<Void> write) {
        Mono<Void> before = lastWrite;
        // On another thread: else thousands that wait for one slow write would end inside one another.
        Mono<Void> turn = before == null
                ? write.cache()
                : before.onErrorComplete()
                        .publishOn(Schedulers.parallel())
                        .then(write)
                        .cache();
        lastWrite = turn;
        return turn.doFinally(end -> forget(turn));
    }

    /** Else a session that lives long, such as that of a socket, would keep all that it ever wrote. */
    private synchronized void forget(Mono<Void> turn) {
        if (lastWrite == turn) {
            lastWrite = null;
        }
    }

    /** Whether the row has these data under that id. */
    static boolean isSame(StoredSession row, byte[] hash, byte[] payload) {
        return Arrays.equals(row.hash(), hash) && Arrays.equals(row.payload(), payload);
    }
}
