package rillite.auth.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.auth.prng.VertxContextPRNG;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.AbstractSession;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A session as one request has it, and what is known of its row. */
final class SqliteSession extends AbstractSession {

    private final SessionMoves moves;
    private Mono<Void> lastWrite = Mono.empty();
    private @Nullable StoredSession stored;

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
        written(row);
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
        Buffer buffer = Buffer.buffer();
        try {
            writeDataToBuffer(buffer);
        } catch (IllegalStateException e) {
            throw new SessionPayloadException("The session has a value of a type that cannot be stored: "
                    + e.getMessage() + ". Put texts, numbers, bytes, JsonObject or JsonArray.");
        }
        if (buffer.length() > longest) {
            throw new SessionPayloadException("The session has " + buffer.length() + " bytes and may have " + longest
                    + ". Put less into it, or raise maxPayloadBytes.");
        }
        SessionPayload.check(buffer);
        return buffer.getBytes();
    }

    /** The row that it came from or went to; null before it was stored. */
    synchronized @Nullable StoredSession stored() {
        return stored;
    }

    synchronized void written(StoredSession row) {
        stored = row;
        setVersion(row.version());
    }

    /** Its writes happen one after the other, whatever came of the one before. */
    synchronized Mono<Void> inTurn(Mono<Void> write) {
        lastWrite = lastWrite.onErrorComplete().then(write).cache();
        return lastWrite;
    }

    /** Whether the row has these data under that id. */
    static boolean isSame(StoredSession row, byte[] hash, byte[] payload) {
        return Arrays.equals(row.hash(), hash) && Arrays.equals(row.payload(), payload);
    }
}
