package rillite.auth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be changed of a user; the rest stays. Immutable: {@code UserPatch.none().name("Ada")}. */
public final class UserPatch {

    private static final UserPatch NONE = new UserPatch(Map.of());

    private final Map<String, Optional<Object>> columns;

    private UserPatch(Map<String, Optional<Object>> columns) {
        this.columns = columns;
    }

    /** Changes nothing yet. */
    public static UserPatch none() {
        return NONE;
    }

    /**
     * Another address, or none for null. It is not proven, unless {@link #emailVerifiedAt} follows.
     *
     * @throws InvalidAuthValueException the text is no address
     */
    public UserPatch email(@Nullable String email) {
        String key = email == null ? null : EmailKey.of(email);
        return with("email", email == null ? null : EmailKey.trimmed(email))
                .with("email_key", key)
                .with("email_verified_at", null);
    }

    /** When the address was proven; null when it no longer counts. */
    public UserPatch emailVerifiedAt(@Nullable Instant moment) {
        return with("email_verified_at", moment == null ? null : moment.toEpochMilli());
    }

    /**
     * Another name, or none for null.
     *
     * @throws InvalidAuthValueException the name is empty, too long or has control characters
     */
    public UserPatch name(@Nullable String name) {
        Texts.checkOptional("name", name, NewUser.LONGEST_NAME);
        return with("name", name);
    }

    /**
     * Another place of a picture, or none for null.
     *
     * @throws InvalidAuthValueException the text is empty, too long or has control characters
     */
    public UserPatch image(@Nullable String image) {
        Texts.checkOptional("image", image, NewUser.LONGEST_IMAGE);
        return with("image", image);
    }

    private UserPatch with(String column, @Nullable Object value) {
        Map<String, Optional<Object>> more = new LinkedHashMap<>(columns);
        more.put(column, Optional.ofNullable(value));
        return new UserPatch(more);
    }

    /** The new values by column. */
    Map<String, Optional<Object>> columns() {
        return columns;
    }

    /** The columns only. */
    @Override
    public String toString() {
        return "UserPatch" + columns.keySet();
    }
}
