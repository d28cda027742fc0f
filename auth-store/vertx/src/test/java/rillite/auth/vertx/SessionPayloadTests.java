package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.run;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.core.testing.Await;

/** Payloads that somebody else wrote into the file are no sessions, and make nothing. */
final class SessionPayloadTests extends VertxTests {

    private static final String HOLDER = "io.vertx.ext.web.handler.impl.UserHolder";

    private SqliteSessionStore store;
    private String id;

    @BeforeEach
    void create() {
        store = fixture.sessions();
        Session session = store.createSession(60_000).put("text", "abc").put("json", new JsonObject().put("a", 1));
        fixture.onLoop(() -> store.put(session));
        id = session.id();
    }

    private void refused(Buffer payload) {
        run(fixture.db
                .sql("UPDATE auth_web_session SET payload = ?1", (Object) payload.getBytes())
                .execute());
        assertThat(fixture.onLoop(() -> store.get(id))).as(payload.toString()).isNull();
    }

    private static Buffer entries(int number) {
        return Buffer.buffer().appendInt(number);
    }

    private static Buffer text(Buffer buffer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    private static Buffer object(String name) {
        return text(text(entries(1), "key").appendByte((byte) 13), name);
    }

    @Test
    void classesThatThePayloadNames_areNeverMade() {
        int before = Gadget.MADE.get();
        refused(object(Gadget.class.getName()).appendByte((byte) 1));
        refused(text(object(HOLDER).appendByte((byte) 1), Gadget.class.getName())
                .appendByte((byte) 1));
        refused(object("java.lang.ProcessBuilder"));
        refused(object("no.such.Class"));
        assertThat(Gadget.MADE.get()).isEqualTo(before);
    }

    @Test
    void lengthsThatCannotBe_areRefused() {
        refused(Buffer.buffer());
        refused(entries(Integer.MAX_VALUE));
        refused(entries(-1));
        refused(entries(1).appendInt(Integer.MAX_VALUE));
        refused(entries(1).appendInt(-5));
        refused(text(entries(1), "key").appendByte((byte) 9).appendInt(Integer.MAX_VALUE));
        refused(text(entries(1), "key").appendByte((byte) 99));
        refused(text(entries(1), "key")
                .appendByte((byte) 4)
                .appendByte((byte) 1)
                .appendByte((byte) 1));
        refused(text(object(JsonObject.class.getName()), "{\"a\":"));
        refused(text(object(JsonObject.class.getName()), "[".repeat(50_000)));
        refused(text(object("io.vertx.ext.auth.impl.UserImpl"), "{}x"));
    }

    @Test
    void payloadsThatEndEarly_areRefused() {
        byte[] whole = Await.get(fixture.db
                .sql("SELECT payload FROM auth_web_session")
                .values()
                .flat(byte[].class)
                .get());
        for (int length = 0; length < whole.length; length++) {
            refused(Buffer.buffer(whole).slice(0, length));
        }
    }

    @Test
    void noise_isRefusedOrRead_butNothingElse() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            Buffer buffer = Buffer.buffer(bytes);
            if (random.nextBoolean() && bytes.length > 12) {
                buffer.setInt(0, 1).setInt(4, random.nextInt(4)).setByte(8, (byte) random.nextInt(15));
            }
            try {
                SessionPayload.check(buffer);
            } catch (SessionPayloadException e) {
                assertThat(e).hasMessageNotContaining(new String(bytes, StandardCharsets.ISO_8859_1) + "\0");
            }
        }
    }
}
