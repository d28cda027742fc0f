package rillite.auth.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Walks over the payload of a session before anything of it is made, in the format of {@code AbstractSession} of Vert.x 5.0. That format may
 * name classes to be loaded and lengths to be allocated: what is stored is not trusted so far.
 */
final class SessionPayload {

    private static final String USER = "io.vertx.ext.auth.impl.UserImpl";
    private static final String HOLDER = "io.vertx.ext.web.handler.impl.UserHolder";
    private static final Set<String> TEXTS = Set.of(USER, JsonObject.class.getName(), JsonArray.class.getName());
    private static final int OBJECT = 13;

    private final Buffer buffer;
    private int position;

    private SessionPayload(Buffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Checks a whole payload.
     *
     * @throws SessionPayloadException it is not one, or has objects of other classes than users of Vert.x
     */
    static void check(Buffer buffer) {
        SessionPayload payload = new SessionPayload(buffer);
        int entries = payload.number();
        for (int i = 0; i < entries; i++) {
            payload.text();
            payload.value();
        }
        if (entries < 0 || payload.position != buffer.length()) {
            throw payload.broken();
        }
    }

    private void value() {
        int type = buffer.getByte(skip(1));
        switch (type) {
            case 1, 5 -> skip(8);
            case 2, 6 -> skip(4);
            case 3, 7 -> skip(2);
            case 4, 8 -> skip(1);
            case 9, 10, 11 -> skip(number());
            case OBJECT -> object();
            default -> throw broken();
        }
    }

    private void object() {
        String name = text();
        if (TEXTS.contains(name)) {
            skip(number());
        } else if (name.equals(HOLDER)) {
            holder();
        } else {
            throw new SessionPayloadException(
                    "The session has an object of a class that is not stored, because reading it"
                            + " back would run code that the payload names. Put texts, numbers, bytes, JsonObject or JsonArray.");
        }
    }

    private void holder() {
        if (buffer.getByte(skip(1)) == 1) {
            if (!text().equals(USER)) {
                throw broken();
            }
            skip(number());
        }
    }

    private int number() {
        return buffer.getInt(skip(4));
    }

    private String text() {
        int length = number();
        int from = skip(length);
        return new String(buffer.getBytes(from, from + length), StandardCharsets.UTF_8);
    }

    private int skip(int length) {
        if (length < 0 || length > buffer.length() - position) {
            throw broken();
        }
        int from = position;
        position += length;
        return from;
    }

    private SessionPayloadException broken() {
        return new SessionPayloadException("The payload of a session (auth_web_session.payload, " + buffer.length()
                + " bytes) is broken near byte " + position + ".");
    }
}
