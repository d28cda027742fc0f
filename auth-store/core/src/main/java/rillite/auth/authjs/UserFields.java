package rillite.auth.authjs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import rillite.auth.InvalidAuthValueException;

/** Writes fields of users. */
final class UserFields {

    private UserFields() {}

    /** All of them, the date of verification too: tables may have a default for it that looks like a proven address. */
    static Map<String, Optional<Object>> of(AdapterUser user) {
        Map<String, Optional<Object>> fields = new LinkedHashMap<>();
        fields.put("name", Optional.ofNullable(user.name()));
        fields.put("email", Optional.ofNullable(user.email()));
        fields.put("emailVerified", Optional.ofNullable(user.emailVerified()));
        fields.put("image", Optional.ofNullable(user.image()));
        return fields;
    }

    static void put(Values values, Layout layout, Map<String, Optional<Object>> fields) {
        fields.forEach((name, value) -> {
            if (name.equals("emailVerified")) {
                values.date(name, (Instant) value.orElse(null));
                return;
            }
            if (name.equals("email") && value.isEmpty() && !layout.rules().withoutEmail()) {
                throw new InvalidAuthValueException(
                        "A user needs an e-mail address in the layout of " + layout.name() + ".");
            }
            values.text(name, (String) value.orElse(null));
        });
    }
}
