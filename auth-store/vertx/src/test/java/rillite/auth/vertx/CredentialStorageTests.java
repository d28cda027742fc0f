package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.failure;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.webauthn4j.AttestationCertificates;
import io.vertx.ext.auth.webauthn4j.Authenticator;
import io.vertx.ext.auth.webauthn4j.COSEAlgorithm;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.NewUser;
import rillite.auth.Passkey;
import rillite.auth.SessionRequest;
import rillite.auth.UserId;
import rillite.core.testing.Await;

final class CredentialStorageTests extends VertxTests {

    private static final String ID = "AQIDBA";

    private UserId ada;
    private AuthStoreCredentialStorage storage;

    @BeforeEach
    void create() {
        ada = fixture.ada();
        storage = AuthStoreCredentialStorage.create(fixture.vertx, fixture.auth);
    }

    private static Authenticator authenticator() {
        return new Authenticator()
                .setUsername("Ada@example.org")
                .setCredID(ID)
                .setPublicKey("pQECAyYgASFY")
                .setCounter(5)
                .setFlags(0x5d)
                .setFmt("packed")
                .setAaguid("01020304-0506-0708-090a-0b0c0d0e0f10")
                .setAttestationCertificates(new AttestationCertificates()
                        .setAlg(COSEAlgorithm.ES256)
                        .setX5c(List.of("MIIB")));
    }

    private List<Authenticator> find(String user, String id) {
        return fixture.onLoop(() -> storage.find(user, id));
    }

    private void store(Authenticator authenticator) {
        fixture.onLoop(() -> storage.storeCredential(authenticator));
    }

    private Throwable countFails(long counter) {
        return failure(storage.updateCounter(authenticator().setCounter(counter)));
    }

    @Test
    void find_givesBackAllThatWasStored() {
        store(authenticator());

        assertThat(find("ada@example.org", null))
                .singleElement()
                .satisfies(found -> assertThat(found.toJson())
                        .isEqualTo(authenticator()
                                .setUsername("ada@example.org")
                                .setType("public-key")
                                .toJson()));
        assertThat(find(null, ID)).hasSize(1);
        assertThat(find("ada@example.org", ID)).hasSize(1);
        assertThat(get(fixture.auth.passkeys().of(ada).next()).state())
                .isEqualTo(new Passkey.State(5, true, true, true));
    }

    @Test
    void find_ofOthers_isEmpty() {
        store(authenticator());
        run(fixture.auth.users().create(NewUser.of("bob@example.org")));

        assertThat(find("bob@example.org", null)).isEmpty();
        assertThat(find("bob@example.org", ID)).isEmpty();
        assertThat(find("nobody", ID)).isEmpty();
        assertThat(find(null, "AQID")).isEmpty();
        assertThat(find("ada@example.org", "no base64!")).isEmpty();
        assertThat(find(null, null)).isEmpty();
        for (String odd : new String[] {"", "\u0000", "\ud800", "x".repeat(100_000)}) {
            assertThat(find(odd, null)).isEmpty();
            assertThat(find(odd, odd)).isEmpty();
            assertThat(find(null, odd)).isEmpty();
        }
        run(fixture.auth.users().disable(ada));
        assertThat(find("ada@example.org", null)).isEmpty();
        assertThat(find(null, ID)).isEmpty();
    }

    @Test
    void store_refusesWhatCannotBe() {
        for (Authenticator wrong : List.of(
                authenticator().setUsername("nobody@example.org"),
                authenticator().setUsername(null),
                authenticator().setCredID("no base64!"),
                authenticator().setPublicKey(null),
                authenticator().setAaguid("x"))) {
            assertThat(failure(storage.storeCredential(wrong))).isInstanceOf(PasskeyRefusedException.class);
        }
        store(authenticator());
        run(fixture.auth.users().create(NewUser.of("bob@example.org")));
        assertThat(failure(storage.storeCredential(authenticator().setUsername("bob@example.org"))))
                .isInstanceOf(PasskeyRefusedException.class);
        assertThat(failure(storage.storeCredential(authenticator())))
                .isInstanceOf(PasskeyRefusedException.class)
                .hasMessageContaining("already");
        assertThat(fixture.count("SELECT count(*) FROM auth_passkey")).isOne();
    }

    @Test
    void store_ofOneKeyForManyAtOnce_hasOneWinner() throws Exception {
        for (int i = 0; i < 16; i++) {
            run(fixture.auth.users().create(NewUser.of("user" + i + "@example.org")));
        }

        List<Throwable> ends = Await.race(
                16, i -> failure(storage.storeCredential(authenticator().setUsername("user" + i + "@example.org"))));

        assertThat(ends.stream().filter(Objects::nonNull))
                .hasSize(15)
                .allSatisfy(error -> assertThat(error)
                        .isInstanceOf(PasskeyRefusedException.class)
                        .hasMessageContaining("already"));
    }

    @Test
    void store_ofIdsThatAreTooLong_isRefused() {
        String longest = Base64.getUrlEncoder().encodeToString(new byte[1_023]);
        assertThat(failure(storage.storeCredential(authenticator().setCredID(longest + "AAAA"))))
                .isInstanceOf(PasskeyRefusedException.class)
                .hasMessageContaining("1 to 1023");
        store(authenticator().setCredID(longest));
        assertThat(find(null, longest)).hasSize(1);
    }

    @Test
    void store_endsTheSessionsOfTheUser() {
        String token = get(fixture.auth.sessions().create(ada, SessionRequest.none()))
                .token()
                .expose();

        store(authenticator());

        assertThat(fixture.auth.sessions().authenticate(token).hasElement().block(Await.PATIENCE))
                .isFalse();
    }

    @Test
    void counter_onlyGoesUp() {
        store(authenticator());

        assertThat(countFails(6)).isNull();
        assertThat(countFails(6)).isInstanceOf(PasskeyRefusedException.class).hasMessageContaining("did not go up");
        assertThat(countFails(5)).isInstanceOf(PasskeyRefusedException.class);
        assertThat(countFails(0)).isInstanceOf(PasskeyRefusedException.class);
        assertThat(countFails(4_294_967_295L)).isNull();
        assertThat(countFails(4_294_967_296L)).isInstanceOf(PasskeyRefusedException.class);
        assertThat(failure(storage.updateCounter(authenticator().setCredID("AQID"))))
                .isInstanceOf(PasskeyRefusedException.class)
                .hasMessageContaining("no such");
        assertThat(find(null, ID).get(0).getCounter()).isEqualTo(4_294_967_295L);
    }

    @Test
    void passkeyThatNeverCounts_isLetThrough() {
        store(authenticator().setCounter(0));
        assertThat(countFails(0)).isNull();
        assertThat(countFails(0)).isNull();
    }

    @Test
    void passkeyOfAnotherProgram_isRead() {
        run(fixture.auth
                .passkeys()
                .save(new Passkey(
                        new byte[] {1, 2, 3, 4},
                        ada,
                        new byte[] {9},
                        new byte[] {7},
                        new Passkey.State(1, true, false, true),
                        new Passkey.Details(
                                "phone",
                                null,
                                java.util.Set.of(),
                                null,
                                new byte[] {(byte) 0xa3, 1},
                                null,
                                null,
                                null))));

        JsonObject found = find(null, ID).get(0).toJson();

        assertThat(found.getString("fmt")).isEqualTo("none");
        assertThat(found.getString("aaguid")).isEqualTo("00000000-0000-0000-0000-000000000000");
        assertThat(found.getInteger("flags")).isEqualTo(0x0c);
    }
}
