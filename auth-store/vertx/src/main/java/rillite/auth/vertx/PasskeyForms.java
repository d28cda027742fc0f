package rillite.auth.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.webauthn4j.AttestationCertificates;
import io.vertx.ext.auth.webauthn4j.Authenticator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rillite.auth.Passkey;
import rillite.auth.User;

/** Passkeys as Vert.x has them, and as the store does. */
final class PasskeyForms {

    private static final int VERIFIED = 0x04;
    private static final int BACKUP_ELIGIBLE = 0x08;
    private static final int BACKED_UP = 0x10;
    private static final String TYPE = "public-key";

    private PasskeyForms() {}

    @SuppressWarnings("NullAway") // which does not see that arrays of another module may be null
    static Passkey passkey(User user, byte[] id, Authenticator authenticator) {
        int flags = authenticator.getFlags();
        boolean copied = (flags & BACKUP_ELIGIBLE) != 0;
        return new Passkey(
                id,
                user.id(),
                handle(user),
                bytes("publicKey", authenticator.getPublicKey()),
                new Passkey.State(
                        authenticator.getCounter(), copied, (flags & BACKED_UP) != 0, (flags & VERIFIED) != 0),
                new Passkey.Details(
                        null,
                        copied ? "multiDevice" : "singleDevice",
                        Set.of(),
                        aaguid(authenticator.getAaguid()),
                        attestation(authenticator),
                        null,
                        null,
                        null));
    }

    /** Vert.x tells the authenticator one by chance, which it neither keeps nor asks for. */
    private static byte[] handle(User user) {
        byte[] id = user.id().value().getBytes(StandardCharsets.UTF_8);
        return id.length <= 64 ? id : StoredSession.hash(user.id().value());
    }

    private static byte[] attestation(Authenticator authenticator) {
        JsonObject kept = new JsonObject().put("fmt", authenticator.getFmt()).put("flags", authenticator.getFlags());
        AttestationCertificates certificates = authenticator.getAttestationCertificates();
        if (certificates != null) {
            kept.put("attestationCertificates", certificates.toJson());
        }
        return kept.toBuffer().getBytes();
    }

    static Authenticator authenticator(User user, Passkey passkey) {
        Passkey.State state = passkey.state();
        JsonObject kept = kept(passkey.details().attestation());
        int flags = (state.uvInitialized() ? VERIFIED : 0)
                | (state.backupEligible() ? BACKUP_ELIGIBLE : 0)
                | (state.backedUp() ? BACKED_UP : 0);
        Authenticator authenticator = new Authenticator()
                .setUsername(user.email())
                .setType(TYPE)
                .setCredID(text(passkey.credentialId()))
                .setPublicKey(text(passkey.publicKey()))
                .setCounter(state.counter())
                .setFlags(kept.getInteger("flags", flags))
                .setFmt(kept.getString("fmt", "none"))
                .setAaguid(uuid(passkey.details().aaguid()));
        JsonObject certificates = kept.getJsonObject("attestationCertificates");
        return certificates == null
                ? authenticator
                : authenticator.setAttestationCertificates(new AttestationCertificates(certificates));
    }

    /** What was kept by {@link #attestation}; nothing for a passkey that another program registered. */
    private static JsonObject kept(byte @Nullable [] attestation) {
        if (attestation == null || attestation.length == 0 || attestation[0] != '{') {
            return new JsonObject();
        }
        try {
            return new JsonObject(Buffer.buffer(attestation));
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }

    private static byte @Nullable [] aaguid(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            return ByteBuffer.allocate(16)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
        } catch (IllegalArgumentException e) {
            throw new PasskeyRefusedException("The aaguid of the passkey is no UUID.");
        }
    }

    /** Zeros where it is not known, as authenticators give it that do not tell. */
    private static String uuid(byte @Nullable [] aaguid) {
        ByteBuffer bits = ByteBuffer.wrap(aaguid == null || aaguid.length != 16 ? new byte[16] : aaguid);
        return new UUID(bits.getLong(), bits.getLong()).toString();
    }

    static byte @Nullable [] findBytes(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static byte[] bytes(String name, @Nullable String base64) {
        byte[] bytes = base64 == null ? null : findBytes(base64);
        if (bytes == null) {
            throw new PasskeyRefusedException("The " + name + " of the passkey is not in base64url.");
        }
        return bytes;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isSameId(Authenticator authenticator, byte @Nullable [] id) {
        return id != null && Arrays.equals(findBytes(authenticator.getCredID()), id);
    }
}
