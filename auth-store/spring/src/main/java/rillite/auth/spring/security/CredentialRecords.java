package rillite.auth.spring.security;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import rillite.auth.Passkey;
import rillite.auth.UserId;

/** Passkeys as Spring has them and as the store does. */
final class CredentialRecords {

    private CredentialRecords() {}

    static CredentialRecord of(Passkey passkey) {
        Passkey.State state = passkey.state();
        Passkey.Details details = passkey.details();
        Instant created = Objects.requireNonNullElse(details.createdAt(), Instant.EPOCH);
        Set<AuthenticatorTransport> transports = details.transports().stream()
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toSet());
        ImmutableCredentialRecord.ImmutableCredentialRecordBuilder credential = ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(passkey.credentialId()))
                .userEntityUserId(PasskeyUsers.handle(passkey.user()))
                .publicKey(new ImmutablePublicKeyCose(passkey.publicKey()))
                .signatureCount(state.counter())
                .uvInitialized(state.uvInitialized())
                .transports(transports)
                .backupEligible(state.backupEligible())
                .backupState(state.backedUp())
                .label(Objects.requireNonNullElse(details.label(), ""))
                .created(created)
                .lastUsed(Objects.requireNonNullElse(details.lastUsedAt(), created));
        byte[] attestation = details.attestation();
        if (attestation != null) {
            credential.attestationObject(new Bytes(attestation));
        }
        byte[] clientData = details.clientData();
        if (clientData != null) {
            credential.attestationClientDataJSON(new Bytes(clientData));
        }
        return credential.build();
    }

    // The checker does not see in class files that an array may be null.
    @SuppressWarnings("NullAway")
    static Passkey passkey(CredentialRecord credential) {
        byte[] handle = credential.getUserEntityUserId().getBytes();
        Set<AuthenticatorTransport> transports = credential.getTransports();
        return new Passkey(
                credential.getCredentialId().getBytes(),
                new UserId(new String(handle, StandardCharsets.UTF_8)),
                handle,
                credential.getPublicKey().getBytes(),
                new Passkey.State(
                        credential.getSignatureCount(),
                        credential.isBackupEligible(),
                        credential.isBackupState(),
                        credential.isUvInitialized()),
                new Passkey.Details(
                        credential.getLabel(),
                        credential.isBackupEligible() ? "multiDevice" : "singleDevice",
                        transports == null
                                ? Set.of()
                                : transports.stream()
                                        .map(AuthenticatorTransport::getValue)
                                        .collect(Collectors.toSet()),
                        null,
                        bytes(credential.getAttestationObject()),
                        bytes(credential.getAttestationClientDataJSON()),
                        null,
                        null));
    }

    private static byte @Nullable [] bytes(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.getBytes();
    }
}
