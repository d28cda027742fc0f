package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.failure;
import static rillite.core.testing.Await.get;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.webauthn4j.Attestation;
import io.vertx.ext.auth.webauthn4j.RelyingParty;
import io.vertx.ext.auth.webauthn4j.UserVerification;
import io.vertx.ext.auth.webauthn4j.WebAuthn4J;
import io.vertx.ext.auth.webauthn4j.WebAuthn4JOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.UserId;

/** Registers and signs in by WebAuthn4J of Vert.x, with real signatures. */
final class WebAuthnTests extends VertxTests {

    private static final String ADA = "ada@example.org";

    private UserId ada;
    private WebAuthn4J webAuthn;
    private SoftwareKey key;

    @BeforeEach
    void create() throws Exception {
        ada = fixture.ada();
        webAuthn = WebAuthn4J.create(
                        fixture.vertx,
                        new WebAuthn4JOptions()
                                .setRelyingParty(new RelyingParty()
                                        .setId(SoftwareKey.SITE)
                                        .setName("Tests"))
                                .setAttestation(Attestation.NONE)
                                .setUserVerification(UserVerification.REQUIRED))
                .credentialStorage(AuthStoreCredentialStorage.create(fixture.vertx, fixture.auth));
        key = new SoftwareKey();
    }

    private String challenge() {
        return fixture.onLoop(() -> webAuthn.createCredentialsOptions(
                        new JsonObject().put("name", ADA).put("displayName", "Ada")))
                .getString("challenge");
    }

    private void register() throws Exception {
        var answer = key.register(ADA, challenge());
        fixture.onLoop(() -> webAuthn.authenticate(answer));
    }

    private User signIn() throws Exception {
        var answer = key.sign(ADA, challenge());
        return fixture.onLoop(() -> webAuthn.authenticate(answer));
    }

    @Test
    void registeredKey_signsIn_andItsCounterIsKept() throws Exception {
        register();
        key.counter = 7;

        assertThat(signIn().principal().getString("username")).isEqualTo(ADA);

        assertThat(get(fixture.auth.passkeys().of(ada).next()).state().counter())
                .isEqualTo(7);
    }

    @Test
    void copiedKey_whoseCounterIsBehind_isRefused() throws Exception {
        register();
        key.counter = 7;
        signIn();
        key.counter = 6;

        assertThat(failure(webAuthn.authenticate(key.sign(ADA, challenge())))).isNotNull();
        assertThat(get(fixture.auth.passkeys().of(ada).next()).state().counter())
                .isEqualTo(7);
    }

    @Test
    void keyOfAnother_orUnknown_isRefused() throws Exception {
        assertThat(failure(webAuthn.authenticate(key.sign(ADA, challenge())))).isNotNull();
        register();
        key = new SoftwareKey();
        assertThat(failure(webAuthn.authenticate(key.sign(ADA, challenge())))).isNotNull();
        assertThat(failure(webAuthn.authenticate(key.register("nobody@example.org", challenge()))))
                .isInstanceOf(PasskeyRefusedException.class);
    }
}
