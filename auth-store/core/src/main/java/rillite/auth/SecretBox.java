package rillite.auth;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must be read again, by AES-GCM: version, id of the key, nonce, text and tag. What is bound to one row cannot be
 * moved to another.
 */
final class SecretBox {

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String AES = "AES/GCM/NoPadding";
    private static final String HMAC = "HmacSHA256";

    private final List<EncryptionKey> keys;

    SecretBox(List<EncryptionKey> keys) {
        this.keys = keys;
    }

    /** The key that encrypts. */
    private EncryptionKey first() {
        if (keys.isEmpty()) {
            throw AuthErrors.noKey();
        }
        return keys.get(0);
    }

    /**
     * @param where table, column and row
     */
    byte[] seal(String where, String text) {
        EncryptionKey key = first();
        byte[] nonce = Chance.bytes(NONCE);
        byte[] id = key.id().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, where).doFinal(text.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream box = new ByteArrayOutputStream();
            box.write(VERSION);
            box.write(id.length);
            box.writeBytes(id);
            box.writeBytes(nonce);
            box.writeBytes(sealed);
            return box.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new EncryptionException("The secret for " + where + " cannot be encrypted.", e);
        }
    }

    /** What was sealed for that place; {@link EncryptionException} when it was not, or the key is gone. */
    String open(String where, byte[] box) {
        ByteBuffer in = ByteBuffer.wrap(box);
        if (in.remaining() < 2 || in.get() != VERSION) {
            throw AuthErrors.unreadable(where, null);
        }
        int length = Byte.toUnsignedInt(in.get());
        if (in.remaining() < length + NONCE) {
            throw AuthErrors.unreadable(where, null);
        }
        String id = new String(take(in, length), StandardCharsets.UTF_8);
        EncryptionKey key = keys.stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> AuthErrors.unreadable(where, null));
        byte[] nonce = take(in, NONCE);
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, where).doFinal(take(in, in.remaining()));
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw AuthErrors.unreadable(where, e);
        }
    }

    /** Keyed hashes of a short code, by the key in use first: without the keys the codes cannot be guessed from the table. */
    List<byte[]> hashes(String where, String code) {
        first();
        return keys.stream().map(key -> hash(key, where, code)).toList();
    }

    private static byte[] hash(EncryptionKey key, String where, String code) {
        try {
            Mac derive = Mac.getInstance(HMAC);
            derive.init(new SecretKeySpec(key.aes().getEncoded(), HMAC));
            byte[] own = derive.doFinal("rillite-auth codes".getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(own, HMAC));
            return mac.doFinal((where + "\n" + code).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new EncryptionException("A code for " + where + " cannot be hashed.", e);
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static Cipher cipher(int mode, EncryptionKey key, byte[] nonce, String where)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(AES);
        cipher.init(mode, key.aes(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(where.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
