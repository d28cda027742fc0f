package rillite.auth;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A passkey or security key, as its registration was verified. Immutable: arrays are copied in and out.
 *
 * @param credentialId 1 to 1,023 bytes
 * @param user whose it is
 * @param userHandle as the authenticator knows the user: 1 to 64 bytes
 * @param publicKey in the form of COSE
 * @param state what the authenticator has told
 * @param details what is kept beside
 */
public record Passkey(
        byte[] credentialId, UserId user, byte[] userHandle, byte[] publicKey, State state, Details details) {

    private static final long LARGEST_COUNTER = 0xffff_ffffL;

    /**
     * What the authenticator has told.
     *
     * @param counter how often it signed, 0 to 4,294,967,295
     * @param backupEligible whether it may be copied between devices
     * @param backedUp whether it is
     * @param uvInitialized whether it has verified its user
     */
    public record State(long counter, boolean backupEligible, boolean backedUp, boolean uvInitialized) {

        /**
         * @throws InvalidAuthValueException the counter is out of bounds
         */
        public State {
            if (counter < 0 || counter > LARGEST_COUNTER) {
                throw new InvalidAuthValueException(
                        "The counter of a passkey is " + counter + ". It must be 0 to " + LARGEST_COUNTER + ".");
            }
        }
    }

    /**
     * What is kept beside.
     *
     * @param label as its user calls it
     * @param deviceType {@code singleDevice} or {@code multiDevice}
     * @param transports how it is reached, such as {@code usb}
     * @param aaguid of what model it is
     * @param attestation as it was registered
     * @param clientData the same
     * @param createdAt when it was saved; null before
     * @param lastUsedAt when it signed last
     */
    public record Details(
            @Nullable String label,
            @Nullable String deviceType,
            Set<String> transports,
            byte @Nullable [] aaguid,
            byte @Nullable [] attestation,
            byte @Nullable [] clientData,
            @Nullable Instant createdAt,
            @Nullable Instant lastUsedAt) {

        /**
         * Copies arrays and transports.
         *
         * @throws InvalidAuthValueException a transport is empty, longer than 50 characters, or has a comma or a control character
         */
        public Details {
            Objects.requireNonNull(transports, "transports must not be null");
            label = Texts.shortened(label, 200);
            transports = Set.copyOf(transports);
            for (String transport : transports) {
                Texts.check("transport of a passkey", transport, 50);
                if (transport.contains(",")) {
                    throw new InvalidAuthValueException("A transport of a passkey has a comma. Give each on its own.");
                }
            }
            aaguid = copy(aaguid);
            attestation = copy(attestation);
            clientData = copy(clientData);
        }

        private static byte @Nullable [] copy(byte @Nullable [] bytes) {
            return bytes == null ? null : bytes.clone();
        }

        @Override
        public byte @Nullable [] aaguid() {
            return copy(aaguid);
        }

        @Override
        public byte @Nullable [] attestation() {
            return copy(attestation);
        }

        @Override
        public byte @Nullable [] clientData() {
            return copy(clientData);
        }

        /** Nothing but a label. */
        public static Details of(@Nullable String label) {
            return new Details(label, null, Set.of(), null, null, null, null, null);
        }
    }

    /**
     * @throws InvalidAuthValueException the id, the handle or the key is of no possible length
     */
    public Passkey {
        credentialId = checked("credential id", credentialId, 1_023);
        userHandle = checked("user handle", userHandle, 64);
        publicKey = checked("public key", publicKey, 10_000);
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(state, "state must not be null");
        Objects.requireNonNull(details, "details must not be null");
    }

    private static byte[] checked(String label, byte[] bytes, int longest) {
        Objects.requireNonNull(bytes, () -> label + " must not be null");
        if (bytes.length < 1 || bytes.length > longest) {
            throw new InvalidAuthValueException(
                    "The " + label + " of a passkey has " + bytes.length + " bytes. It needs 1 to " + longest + ".");
        }
        return bytes.clone();
    }

    @Override
    public byte[] credentialId() {
        return credentialId.clone();
    }

    @Override
    public byte[] userHandle() {
        return userHandle.clone();
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    String joinedTransports() {
        return String.join(",", new TreeSet<>(details.transports()));
    }

    static Passkey of(Fields row) {
        String transports = row.optionalText("transports");
        return new Passkey(
                row.bytes("credential_id"),
                new UserId(row.text("user_id")),
                row.bytes("user_handle"),
                row.bytes("public_key"),
                new State(
                        row.number("counter"),
                        row.flag("backup_eligible"),
                        row.flag("backed_up"),
                        row.flag("uv_initialized")),
                new Details(
                        row.optionalText("label"),
                        row.optionalText("device_type"),
                        transports == null || transports.isEmpty()
                                ? Set.of()
                                : Set.copyOf(List.of(transports.split(","))),
                        row.optionalBytes("aaguid"),
                        row.optionalBytes("attestation"),
                        row.optionalBytes("client_data"),
                        row.instant("created_at"),
                        row.optionalInstant("last_used_at")));
    }

    /** Whose it is and how it is called. */
    @Override
    public String toString() {
        return "Passkey[" + user + ", " + details.label() + "]";
    }
}
