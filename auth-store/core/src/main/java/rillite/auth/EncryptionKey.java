package rillite.auth;

import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** A key with the name under which it is found again. */
record EncryptionKey(String id, SecretKeySpec aes) {

    private static final Set<Integer> LENGTHS = Set.of(16, 24, 32);

    static EncryptionKey of(String id, byte[] key) {
        Texts.check("id of an encryption key", id, 60);
        if (!LENGTHS.contains(key.length)) {
            throw new InvalidAuthValueException(
                    "The encryption key " + id + " has " + key.length + " bytes. It needs 16, 24 or 32 random bytes.");
        }
        if (isOneByte(key)) {
            throw new InvalidAuthValueException("The encryption key " + id
                    + " is one byte again and again: was it never filled? It needs 16, 24 or 32 random bytes.");
        }
        return new EncryptionKey(id, new SecretKeySpec(key, "AES"));
    }

    private static boolean isOneByte(byte[] key) {
        for (byte one : key) {
            if (one != key[0]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "EncryptionKey[" + id + "]";
    }
}
