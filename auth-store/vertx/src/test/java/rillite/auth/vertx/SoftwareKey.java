package rillite.auth.vertx;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.webauthn4j.WebAuthn4JCredentials;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A security key and its browser: signs what a server asks, as a real one would. */
final class SoftwareKey {

    static final String ORIGIN = "http://localhost";
    static final String SITE = "localhost";

    private static final int PRESENT_AND_VERIFIED = 0x05;
    private static final int NEW_KEY = 0x40;

    private final byte[] id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private final KeyPair keys;
    int counter = 1;

    SoftwareKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
    }

    /** Answers the challenge of a registration. */
    WebAuthn4JCredentials register(String user, String challenge) throws GeneralSecurityException {
        byte[] data = authenticatorData(PRESENT_AND_VERIFIED | NEW_KEY, true);
        ByteBuffer attestation = ByteBuffer.allocate(data.length + 40);
        attestation.put((byte) 0xa3);
        attestation.put(label("fmt")).put(label("none"));
        attestation.put(label("attStmt")).put((byte) 0xa0);
        attestation
                .put(label("authData"))
                .put((byte) 0x59)
                .putShort((short) data.length)
                .put(data);
        byte[] bytes = new byte[attestation.position()];
        attestation.flip().get(bytes);
        return credentials(
                        challenge,
                        new JsonObject()
                                .put("clientDataJSON", text(clientData("webauthn.create", challenge)))
                                .put("attestationObject", text(bytes)))
                .setUsername(user);
    }

    /** Answers the challenge of a sign-in. */
    WebAuthn4JCredentials sign(String user, String challenge) throws GeneralSecurityException {
        byte[] data = authenticatorData(PRESENT_AND_VERIFIED, false);
        byte[] client = clientData("webauthn.get", challenge);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(data);
        signature.update(sha256(client));
        return credentials(
                        challenge,
                        new JsonObject()
                                .put("clientDataJSON", text(client))
                                .put("authenticatorData", text(data))
                                .put("signature", text(signature.sign())))
                .setUsername(user);
    }

    private WebAuthn4JCredentials credentials(String challenge, JsonObject response) {
        return new WebAuthn4JCredentials()
                .setChallenge(challenge)
                .setOrigin(ORIGIN)
                .setWebauthn(new JsonObject()
                        .put("id", text(id))
                        .put("rawId", text(id))
                        .put("type", "public-key")
                        .put("response", response));
    }

    private byte[] authenticatorData(int flags, boolean withKey) throws GeneralSecurityException {
        ByteBuffer data = ByteBuffer.allocate(300);
        data.put(sha256(SITE.getBytes(StandardCharsets.UTF_8)))
                .put((byte) flags)
                .putInt(counter);
        if (withKey) {
            ECPublicKey key = (ECPublicKey) keys.getPublic();
            data.put(new byte[16]).putShort((short) id.length).put(id);
            data.put(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20})
                    .put(coordinate(key.getW().getAffineX()));
            data.put(new byte[] {0x22, 0x58, 0x20}).put(coordinate(key.getW().getAffineY()));
        }
        byte[] bytes = new byte[data.position()];
        data.flip().get(bytes);
        return bytes;
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    /** A short text of CBOR. */
    private static byte[] label(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(bytes.length + 1)
                .put((byte) (0x60 | bytes.length))
                .put(bytes)
                .array();
    }

    private static byte[] clientData(String type, String challenge) {
        return new JsonObject()
                .put("type", type)
                .put("challenge", challenge)
                .put("origin", ORIGIN)
                .toBuffer()
                .getBytes();
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
