package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.Passkey.Details;
import rillite.auth.Passkey.State;
import rillite.auth.Passkeys.CounterResult;
import rillite.core.testing.Await;
import rillite.core.testing.MovingClock;

final class PasskeysTests extends StoreTests {

    private static final byte[] ID = {1, 0, -1};

    private UserId ada = UserId.of("none");

    @BeforeEach
    void user() {
        ada = store.user("ada@example.org");
    }

    private static Passkey passkey(UserId user, byte[] id, long counter) {
        return new Passkey(
                id,
                user,
                new byte[] {2},
                new byte[] {3, 4},
                new State(counter, true, false, true),
                new Details("phone", "multiDevice", Set.of("usb", "internal"), new byte[16], null, null, null, null));
    }

    @Test
    void save_keepsAll() {
        run(auth.passkeys().save(passkey(ada, ID, 7)));
        Passkey found = get(auth.passkeys().find(ID));

        assertThat(found.credentialId()).isEqualTo(ID);
        assertThat(found.user()).isEqualTo(ada);
        assertThat(found.publicKey()).containsExactly(3, 4);
        assertThat(found.state()).isEqualTo(new State(7, true, false, true));
        assertThat(found.details().transports()).containsExactlyInAnyOrder("usb", "internal");
        assertThat(found.details().aaguid()).hasSize(16);
        assertThat(found.details().attestation()).isNull();
        assertThat(found.details().createdAt()).isEqualTo(MovingClock.START);
        assertThat(get(auth.passkeys().of(ada).collectList())).hasSize(1);
        assertThat(find(auth.passkeys().find(new byte[] {9}))).isNull();
        assertThat(found.toString()).isEqualTo("Passkey[" + ada + ", phone]");
    }

    @Test
    void save_again_changesWhatIsBeside_notTheCounter() {
        run(auth.passkeys().save(passkey(ada, ID, 7)));
        IssuedSession session = store.session(ada);
        run(auth.passkeys()
                .save(new Passkey(
                        ID, ada, new byte[] {2}, new byte[] {9}, new State(1, true, true, true), Details.of("key"))));

        Passkey found = get(auth.passkeys().find(ID));
        assertThat(found.state()).isEqualTo(new State(7, true, true, true));
        assertThat(found.details().label()).isEqualTo("key");
        assertThat(found.publicKey()).containsExactly(3, 4);
        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNotNull();
    }

    @Test
    void save_idOfSomebodyElse_isRefused() {
        run(auth.passkeys().save(passkey(ada, ID, 7)));
        UserId grace = store.user("grace@example.org");

        fails(auth.passkeys().save(passkey(grace, ID, 7)), FactorException.class, "Another user");
        fails(auth.passkeys().save(passkey(UserId.of("nobody"), new byte[] {5}, 0)), UnknownUserException.class);
        assertThat(get(auth.passkeys().find(ID)).user()).isEqualTo(ada);
    }

    @Test
    void factor_endsOtherSessions() {
        IssuedSession here = store.session(ada);
        IssuedSession there = store.session(ada);
        run(auth.passkeys().save(passkey(ada, ID, 0), here.id()));

        assertThat(find(auth.sessions().authenticate(here.token().expose()))).isNotNull();
        assertThat(find(auth.sessions().authenticate(there.token().expose()))).isNull();

        assertThat(get(auth.passkeys().delete(store.user("grace@example.org"), ID)))
                .isFalse();
        assertThat(get(auth.passkeys().delete(ada, ID))).isTrue();
        assertThat(get(auth.passkeys().delete(ada, ID))).isFalse();
        assertThat(find(auth.sessions().authenticate(here.token().expose()))).isNull();
    }

    @Test
    void advance_higherOnly() {
        run(auth.passkeys().save(passkey(ada, ID, 7)));

        assertThat(get(auth.passkeys().advance(ID, 8))).isEqualTo(CounterResult.ADVANCED);
        assertThat(get(auth.passkeys().advance(ID, 8))).isEqualTo(CounterResult.SUSPECTED_CLONE);
        assertThat(get(auth.passkeys().advance(ID, 7))).isEqualTo(CounterResult.SUSPECTED_CLONE);
        assertThat(get(auth.passkeys().advance(ID, 0))).isEqualTo(CounterResult.SUSPECTED_CLONE);
        assertThat(get(auth.passkeys().advance(ID, 4_294_967_295L))).isEqualTo(CounterResult.ADVANCED);
        assertThat(get(auth.passkeys().find(ID)).state().counter()).isEqualTo(4_294_967_295L);
        assertThat(get(auth.passkeys().find(ID)).details().lastUsedAt()).isEqualTo(MovingClock.START);
        assertThat(get(auth.passkeys().advance(new byte[] {9}, 1))).isEqualTo(CounterResult.UNKNOWN);
    }

    @Test
    void advance_zero_isNoCounter() {
        run(auth.passkeys().save(passkey(ada, ID, 0)));

        assertThat(get(auth.passkeys().advance(ID, 0))).isEqualTo(CounterResult.ADVANCED);
        assertThat(get(auth.passkeys().advance(ID, 0))).isEqualTo(CounterResult.ADVANCED);
        assertThat(get(auth.passkeys().advance(ID, 1))).isEqualTo(CounterResult.ADVANCED);
        assertThat(get(auth.passkeys().advance(ID, 0))).isEqualTo(CounterResult.SUSPECTED_CLONE);
    }

    @Test
    void advance_atOnce_oneWins() throws Exception {
        run(auth.passkeys().save(passkey(ada, ID, 7)));

        assertThat(Await.race(16, i -> get(auth.passkeys().advance(ID, 8))))
                .filteredOn(result -> result == CounterResult.ADVANCED)
                .hasSize(1);
    }

    @Test
    void passkey_bounds() {
        run(auth.passkeys().save(passkey(ada, new byte[1_023], 0)));

        assertThat(get(auth.passkeys().find(new byte[1_023])).credentialId()).hasSize(1_023);
        assertThatThrownBy(() -> passkey(ada, new byte[1_024], 0)).isInstanceOf(InvalidAuthValueException.class);
        assertThatThrownBy(() -> passkey(ada, new byte[0], 0)).isInstanceOf(InvalidAuthValueException.class);
        assertThatThrownBy(() -> passkey(ada, ID, -1)).isInstanceOf(InvalidAuthValueException.class);
        assertThatThrownBy(() -> auth.passkeys().advance(ID, 1L << 32)).isInstanceOf(InvalidAuthValueException.class);
    }

    @Test
    void details_areCopied_andTransportsChecked() {
        byte[] aaguid = {1, 2};
        Passkey.Details details = new Passkey.Details("key", null, Set.of("usb"), aaguid, aaguid, aaguid, null, null);
        aaguid[0] = 9;
        byte[] read = details.attestation();
        assertThat(read).containsExactly(1, 2);
        if (read != null) {
            read[0] = 7;
        }

        assertThat(details.aaguid()).containsExactly(1, 2);
        assertThat(details.attestation()).containsExactly(1, 2);
        assertThat(details.clientData()).containsExactly(1, 2);
        for (String bad : new String[] {"", "usb,nfc", "x\u0000", "x".repeat(51)}) {
            assertThatThrownBy(() -> new Passkey.Details(null, null, Set.of(bad), null, null, null, null, null))
                    .isInstanceOf(InvalidAuthValueException.class);
        }
    }
}
