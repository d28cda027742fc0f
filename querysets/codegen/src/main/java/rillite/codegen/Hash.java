package rillite.codegen;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of rows of texts; lengths keep apart what would otherwise read the same. Used once. */
final class Hash {

    private final MessageDigest digest;

    Hash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Hash row(String... parts) {
        for (String part : parts) {
            part(part.getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) '\n');
        return this;
    }

    Hash row(String name, byte[] content) {
        part(name.getBytes(StandardCharsets.UTF_8));
        part(content);
        digest.update((byte) '\n');
        return this;
    }

    private void part(byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    /** In hexadecimal. */
    String end() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
