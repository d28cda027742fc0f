package rillite.auth;

import com.password4j.Argon2Function;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An argon2id hash in the form that other libraries read too: {@code $argon2id$v=19$m=..,t=..,p=..$salt$hash}. */
record PhcHash(Argon2 cost, byte[] salt, byte[] hash) implements StoredPassword {

    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final int VERSION = 19;
    private static final int LENGTH = 32;
    private static final int SALT = 16;

    /** Hashes a password with a new salt. Takes long. */
    static PhcHash of(byte[] password, Argon2 cost) {
        byte[] salt = Chance.bytes(SALT);
        return new PhcHash(cost, salt, argon2(password, salt, cost, LENGTH));
    }

    /** A hash that no password has. */
    static PhcHash ofNobody(Argon2 cost) {
        return new PhcHash(cost, new byte[SALT], Chance.bytes(LENGTH));
    }

    /** What is stored; null when it is of another kind, or would take the process down. */
    static @Nullable PhcHash find(String stored) {
        Matcher form = FORM.matcher(stored);
        if (!form.matches()) {
            return null;
        }
        int memory = Integer.parseInt(form.group(1));
        int iterations = Integer.parseInt(form.group(2));
        int parallelism = Integer.parseInt(form.group(3));
        if (!Argon2.isPossible(memory, iterations, parallelism)) {
            return null;
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return new PhcHash(
                    new Argon2(memory, iterations, parallelism),
                    base64.decode(form.group(4)),
                    base64.decode(form.group(5)));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    @Override
    public boolean matches(byte[] password) {
        return MessageDigest.isEqual(hash, argon2(password, salt, cost, hash.length));
    }

    private static byte[] argon2(byte[] password, byte[] salt, Argon2 cost, int length) {
        return Argon2Function.getInstance(
                        cost.memory(),
                        cost.iterations(),
                        cost.parallelism(),
                        length,
                        com.password4j.types.Argon2.ID,
                        VERSION)
                .hash(password.clone(), salt)
                .getBytes();
    }

    @Override
    public boolean isCheckable(Argon2 wanted) {
        return cost.equals(wanted) && hash.length == LENGTH || ForeignCosts.OF_PROCESS.hasRoomFor(cost, hash.length);
    }

    @Override
    public boolean isWeakerThan(Argon2 wanted) {
        return cost.memory() < wanted.memory()
                || cost.iterations() < wanted.iterations()
                || cost.parallelism() < wanted.parallelism();
    }

    /** The form that is stored. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=" + VERSION + "$m=" + cost.memory() + ",t=" + cost.iterations() + ",p=" + cost.parallelism()
                + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** What it costs only. */
    @Override
    public String toString() {
        return "PhcHash[" + cost + "]";
    }
}
