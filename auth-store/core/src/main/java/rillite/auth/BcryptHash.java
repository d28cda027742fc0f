package rillite.auth;

import com.password4j.BcryptFunction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A hash by bcrypt, brought along from another program. */
record BcryptHash(String text) implements StoredPassword {

    /** What bcrypt looks at; more would be cut off, so that other passwords matched too. */
    private static final int LONGEST = 72;

    private static final int LARGEST_COST = 14;
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    static @Nullable BcryptHash find(String stored) {
        Matcher form = FORM.matcher(stored);
        if (!form.matches()) {
            return null;
        }
        int cost = Integer.parseInt(form.group(1));
        return cost < 4 || cost > LARGEST_COST ? null : new BcryptHash(stored);
    }

    @Override
    public boolean matches(byte[] password) {
        return password.length <= LONGEST
                && BcryptFunction.getInstanceFromHash(text)
                        .check(password.clone(), text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean isCheckable(Argon2 wanted) {
        return true;
    }

    /** Always: argon2id is what is asked for. */
    @Override
    public boolean isWeakerThan(Argon2 wanted) {
        return true;
    }

    @Override
    public String toString() {
        return "BcryptHash";
    }
}
