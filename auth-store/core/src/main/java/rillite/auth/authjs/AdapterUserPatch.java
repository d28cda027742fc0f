package rillite.auth.authjs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to change of a user: only what is named. Immutable; each verb gives a copy. */
public final class AdapterUserPatch {

    private final String id;
    private final Map<String, Optional<Object>> fields;

    private AdapterUserPatch(String id, Map<String, Optional<Object>> fields) {
        this.id = id;
        this.fields = fields;
    }

    /** Nothing yet, of that user. */
    public static AdapterUserPatch of(String id) {
        return new AdapterUserPatch(id, Map.of());
    }

    /** Their name; null for none. */
    public AdapterUserPatch name(@Nullable String value) {
        return with("name", value);
    }

    /** Their address. Drizzle's tables take null. */
    public AdapterUserPatch email(@Nullable String value) {
        return with("email", value);
    }

    /** When the address was proven; null for not. */
    public AdapterUserPatch emailVerified(@Nullable Instant value) {
        return with("emailVerified", value);
    }

    /** Where their picture is; null for nowhere. */
    public AdapterUserPatch image(@Nullable String value) {
        return with("image", value);
    }

    private AdapterUserPatch with(String field, @Nullable Object value) {
        Map<String, Optional<Object>> more = new LinkedHashMap<>(fields);
        more.put(field, Optional.ofNullable(value));
        return new AdapterUserPatch(id, more);
    }

    String id() {
        return id;
    }

    Map<String, Optional<Object>> fields() {
        return fields;
    }

    /** Without what it says of the user. */
    @Override
    public String toString() {
        return "AdapterUserPatch[" + id + " " + fields.keySet() + "]";
    }
}
