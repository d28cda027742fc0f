package rillite.auth.authjs;

import java.util.List;
import rillite.auth.authjs.Field.Kind;

/** The tables of a layout, and the columns that the adapter reads and writes: the same in all layouts. */
enum Part {
    USER(Field.of("id"), Field.of("name"), Field.key("email"), Field.of("emailVerified", Kind.DATE), Field.of("image")),
    ACCOUNT(
            Field.of("userId"),
            Field.of("type"),
            Field.key("provider"),
            Field.key("providerAccountId"),
            Field.of("refresh_token"),
            Field.of("access_token"),
            Field.of("expires_at", Kind.NUMBER),
            Field.of("token_type"),
            Field.of("scope"),
            Field.of("id_token"),
            Field.of("session_state")),
    SESSION(Field.key("sessionToken"), Field.of("userId"), Field.of("expires", Kind.DATE)),
    VERIFICATION(Field.key("identifier"), Field.key("token"), Field.of("expires", Kind.DATE)),
    AUTHENTICATOR(
            Field.key("credentialID"),
            Field.of("userId"),
            Field.of("providerAccountId"),
            Field.of("credentialPublicKey"),
            Field.of("counter", Kind.NUMBER),
            Field.of("credentialDeviceType"),
            Field.of("credentialBackedUp", Kind.NUMBER),
            Field.of("transports"));

    private final List<Field> fields;

    Part(Field... fields) {
        this.fields = List.of(fields);
    }

    List<Field> fields() {
        return fields;
    }
}
