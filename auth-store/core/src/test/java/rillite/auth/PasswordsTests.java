package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.PasswordResult.Locked;
import rillite.auth.PasswordResult.Ok;
import rillite.auth.PasswordResult.Rejected;
import rillite.core.testing.Await;
import rillite.core.testing.MovingClock;

final class PasswordsTests extends StoreTests {

    private static final String MAIL = "ada@example.org";
    private static final String GOOD = "correct horse";
    private static final String OTHER = "battery staple";

    private UserId ada = UserId.of("none");

    @BeforeEach
    void user() {
        ada = store.user(MAIL);
        run(auth.passwords().set(ada, GOOD));
    }

    private PasswordResult verify(String password) {
        return get(auth.passwords().verify(MAIL, password));
    }

    private String hash() {
        return get(store.db
                .sql("SELECT hash FROM auth_password")
                .values()
                .flat(String.class)
                .get());
    }

    @Test
    void verify_rightPassword_givesTheUser() {
        assertThat(verify(GOOD))
                .isInstanceOfSatisfying(
                        Ok.class, ok -> assertThat(ok.user().id()).isEqualTo(ada));
        assertThat(get(auth.passwords().verify(" ADA@example.ORG", new StringBuilder(GOOD))))
                .isInstanceOf(Ok.class);
        assertThat(store.count("SELECT count(*) FROM auth_throttle")).isZero();
    }

    @Test
    void register_ofAnAddress_givesOneUserWithTheirPassword() throws Exception {
        List<Boolean> won = Await.race(
                8,
                i -> get(auth.passwords()
                        .register(NewUser.of(i % 2 == 0 ? "grace@example.org" : " GRACE@Example.org"), GOOD + i)
                        .map(user -> true)
                        .onErrorReturn(EmailTakenException.class, false)));

        assertThat(won).containsOnlyOnce(true);
        assertThat(get(auth.passwords().verify("grace@example.org", GOOD + won.indexOf(true))))
                .isInstanceOf(Ok.class);
        assertThat(store.count("SELECT count(*) FROM auth_password")).isEqualTo(2);
        fails(auth.passwords().register(NewUser.of(MAIL), OTHER), EmailTakenException.class, "address");
        assertThat(verify(GOOD)).isInstanceOf(Ok.class);
        assertThatThrownBy(() -> auth.passwords().register(NewUser.of("eve@example.org"), "short"))
                .isInstanceOf(InvalidAuthValueException.class);
        fails(
                auth.inTransaction(inside -> inside.passwords().register(NewUser.of("eve@example.org"), GOOD)),
                IllegalStateException.class,
                "transaction");
        assertThat(store.count("SELECT count(*) FROM auth_user")).isEqualTo(2);
    }

    @Test
    void characters_areCountedAndToldAlike() {
        String horse = "\uD83D\uDC0E";
        assertThatThrownBy(() -> auth.passwords().set(ada, horse.repeat(7)))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("has 7 characters");
        run(auth.passwords().set(ada, horse.repeat(8)));
        assertThat(verify(horse.repeat(8))).isInstanceOf(Ok.class);

        assertThat(NewUser.anonymous().name(horse.repeat(200)).name()).isNotNull();
        assertThatThrownBy(() -> NewUser.anonymous().name(horse.repeat(201)))
                .hasMessageContaining("has 201 characters. It needs 1 to 200");
        assertThatThrownBy(() -> NewUser.of(horse.repeat(7))).hasMessageContaining("of 7 characters");
    }

    @Test
    void verify_anythingElse_isRejectedAlike() {
        UserId grace = store.user("grace@example.org");
        assertThat(get(auth.users().findById(grace))).isNotNull();

        assertThat(verify(OTHER)).isEqualTo(new Rejected());
        assertThat(verify("")).isEqualTo(new Rejected());
        assertThat(verify("x".repeat(5_000))).isEqualTo(new Rejected());
        assertThat(verify("\ud800")).isEqualTo(new Rejected());
        assertThat(get(auth.passwords().verify("nobody@example.org", GOOD))).isEqualTo(new Rejected());
        assertThat(get(auth.passwords().verify("grace@example.org", GOOD)))
                .as("has none")
                .isEqualTo(new Rejected());
        assertThat(get(auth.passwords().verify("' OR 1=1 --", GOOD))).isEqualTo(new Rejected());
        assertThat(get(auth.passwords().verify("\u0000\ud800", GOOD))).isEqualTo(new Rejected());
        assertThat(store.count("SELECT count(*) FROM auth_throttle"))
                .as("counted alike")
                .isEqualTo(5);

        get(auth.users().disable(ada));
        assertThat(verify(GOOD)).isEqualTo(new Rejected());
    }

    @Test
    void verify_tenFailures_lock_unknownUsersToo() {
        for (String login : new String[] {MAIL, "nobody@example.org"}) {
            for (int i = 0; i < 10; i++) {
                assertThat(get(auth.passwords().verify(login, OTHER))).isEqualTo(new Rejected());
            }
            assertThat(get(auth.passwords().verify(login, GOOD)))
                    .isEqualTo(new Locked(MovingClock.START.plus(Duration.ofMinutes(15))));
        }
        store.clock.move(Duration.ofMinutes(15));
        assertThat(verify(GOOD)).isInstanceOf(Ok.class);
    }

    @Test
    void verify_success_forgetsFailures() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 9; i++) {
                assertThat(verify(OTHER)).isEqualTo(new Rejected());
            }
            assertThat(verify(GOOD)).isInstanceOf(Ok.class);
        }
    }

    @Test
    void verify_weakerHash_isHashedAgain() {
        AuthStore raised = AuthStore.on(store.db, Fixture.options(store.clock).hashing(32, 2, 1));
        String before = hash();

        assertThat(get(raised.passwords().verify(MAIL, OTHER))).isEqualTo(new Rejected());
        assertThat(hash()).isEqualTo(before);
        assertThat(get(raised.passwords().verify(MAIL, GOOD))).isInstanceOf(Ok.class);
        assertThat(hash()).startsWith("$argon2id$v=19$m=32,t=2,p=1$");
        String after = hash();
        assertThat(verify(GOOD)).as("a program with the old options").isInstanceOf(Ok.class);
        assertThat(hash()).isEqualTo(after);
    }

    @Test
    void rehash_behindAChange_loses() {
        String before = hash();
        run(auth.passwords().change(ada, GOOD, OTHER, null));
        String changed = hash();

        assertThat(get(new PasswordRows(new Store(store.db, Fixture.options(store.clock))).rehash(ada, before, "late")))
                .isFalse();
        assertThat(hash()).isEqualTo(changed);
    }

    @Test
    void verify_storedHashOfAnotherKind_isRejected() {
        for (String stored : new String[] {
            "plain",
            "$2a$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
            "{noop}correct horse",
            "$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$Wb9DOLKUgwlL5fjad9tfCPU0SBAo0PEY/evJRhwtUR0"
        }) {
            run(store.db.sql("UPDATE auth_password SET hash = ?", stored).execute());
            assertThat(verify(GOOD)).isEqualTo(new Rejected());
        }
    }

    @Test
    void importHash_ofBcrypt_isReplacedAtTheNextSignIn() {
        String bcrypt = BcryptFunction.getInstance(Bcrypt.B, 4).hash(OTHER).getResult();
        IssuedSession session = store.session(ada);
        run(auth.passwords().importHash(ada, "{bcrypt}" + bcrypt));

        assertThat(hash()).isEqualTo(bcrypt);
        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNull();
        assertThat(verify(GOOD)).isEqualTo(new Rejected());
        assertThat(hash()).isEqualTo(bcrypt);
        assertThat(verify(OTHER)).isInstanceOf(Ok.class);
        assertThat(hash()).startsWith("$argon2id$");
        assertThat(verify(OTHER)).isInstanceOf(Ok.class);
    }

    @Test
    void importHash_ofBcrypt_takesNoPasswordThatItWouldCutOff() {
        String whole = "x".repeat(72);
        run(auth.passwords()
                .importHash(
                        ada, BcryptFunction.getInstance(Bcrypt.A, 4).hash(whole).getResult()));

        assertThat(verify(whole + "y")).isEqualTo(new Rejected());
        assertThat(verify(whole)).isInstanceOf(Ok.class);
        assertThat(verify(whole + "y")).isEqualTo(new Rejected());
    }

    @Test
    void importHash_ofArgon2id_isKept() {
        String argon2 = PhcHash.of(OTHER.getBytes(StandardCharsets.UTF_8), new Argon2(32, 1, 1))
                .text();
        run(auth.passwords().importHash(ada, "{argon2@SpringSecurity_v5_8}" + argon2));

        assertThat(verify(OTHER)).isInstanceOf(Ok.class);
        assertThat(hash()).isEqualTo(argon2);
    }

    @Test
    void importHash_ofAnotherKind_isRefusedAtOnce() {
        for (String bad :
                new String[] {"", "{noop}secret", "5f4dcc3b5aa765d61d8327deb882cf99", "$2a$31$" + "x".repeat(53)}) {
            assertThatThrownBy(() -> auth.passwords().importHash(ada, bad))
                    .isInstanceOf(InvalidAuthValueException.class)
                    .hasMessageContaining(bad.length() + " characters")
                    .hasMessageNotContaining("secret");
        }
        fails(
                auth.passwords().importHash(UserId.of("nobody"), "$2a$10$" + "x".repeat(53)),
                UnknownUserException.class,
                "nobody");
    }

    @Test
    void change_endsOtherSessionsAndResetTokens() {
        IssuedSession here = store.session(ada);
        IssuedSession there = store.session(ada);
        IssuedToken reset = get(auth.tokens().issue(Purpose.PASSWORD_RESET, ada.value()));

        run(auth.passwords().change(ada, GOOD, OTHER, here.id()));

        assertThat(verify(OTHER)).isInstanceOf(Ok.class);
        assertThat(verify(GOOD)).isEqualTo(new Rejected());
        assertThat(find(auth.sessions().authenticate(here.token().expose()))).isNotNull();
        assertThat(find(auth.sessions().authenticate(there.token().expose()))).isNull();
        assertThat(find(auth.tokens().peek(Purpose.PASSWORD_RESET, reset.token().expose())))
                .isNull();
        assertThat(get(auth.audit().of(ada, Page.of(5)).collectList()))
                .extracting(entry -> entry.event().name())
                .containsExactly("password.changed", "password.set");
    }

    @Test
    void change_wrongOldPassword_changesNothing_andLocks() {
        String before = hash();
        IssuedSession session = store.session(ada);
        for (int i = 0; i < 10; i++) {
            fails(
                    auth.passwords().change(ada, OTHER, OTHER, null),
                    WrongPasswordException.class,
                    "Nothing was changed");
        }
        fails(
                auth.passwords().change(ada, GOOD, OTHER, null),
                WrongPasswordException.class,
                "too often",
                MovingClock.START.plus(Duration.ofMinutes(15)).toString());
        assertThat(hash()).isEqualTo(before);
        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNotNull();
        assertThat(verify(GOOD)).as("a lock of its own").isInstanceOf(Ok.class);
    }

    @Test
    void signIn_underWayWhileThePasswordChanges_getsNoSession() {
        Ok checked = (Ok) verify(GOOD);
        assertThat(get(auth.sessions().create(checked, SessionRequest.none())).user())
                .isEqualTo(ada);
        run(auth.passwords().change(ada, GOOD, OTHER, null));

        fails(auth.sessions().create(checked, SessionRequest.none()), WrongPasswordException.class, "Sign in again");
        assertThat(get(auth.sessions().create((Ok) verify(OTHER), SessionRequest.none()))
                        .user())
                .isEqualTo(ada);
    }

    @Test
    void hashing_insideATransaction_isRefused() {
        fails(auth.inTransaction(tx -> tx.passwords().set(ada, OTHER)), IllegalStateException.class, "outside");
        assertThat(verify(GOOD)).isInstanceOf(Ok.class);
    }

    @Test
    void stored_givesTheHash_ofWhoMaySignIn() {
        Passwords.Stored stored = get(auth.passwords().stored(" Ada@Example.org"));

        assertThat(stored.user().id()).isEqualTo(ada);
        assertThat(stored.hash().expose()).isEqualTo(hash());
        assertThat(stored.toString()).doesNotContain(hash());
        assertThat(get(auth.sessions().create(new Ok(stored.user(), stored.epoch()), SessionRequest.none())))
                .isNotNull();
        assertThat(find(auth.passwords().stored("nobody@example.org"))).isNull();
        assertThat(find(auth.passwords().stored("no address"))).isNull();
        store.user("grace@example.org");
        assertThat(find(auth.passwords().stored("grace@example.org")))
                .as("has none")
                .isNull();
        get(auth.users().disable(ada));
        assertThat(find(auth.passwords().stored(MAIL))).isNull();
    }

    @Test
    void replaceHash_isCompareAndSet_andEndsNothing() {
        IssuedSession session = store.session(ada);
        Secret old = get(auth.passwords().stored(MAIL)).hash();
        String next = PhcHash.of(GOOD.getBytes(StandardCharsets.UTF_8), new Argon2(32, 1, 1))
                .text();

        assertThat(get(auth.passwords().replaceHash(ada, Secret.of("{argon2}" + old.expose()), "{argon2}" + next)))
                .isTrue();
        assertThat(get(auth.passwords().replaceHash(ada, old, next)))
                .as("replaced before")
                .isFalse();
        assertThat(hash()).isEqualTo(next);
        assertThat(verify(GOOD)).isInstanceOf(Ok.class);
        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNotNull();
        assertThatThrownBy(() -> auth.passwords().replaceHash(ada, old, "{noop}secret"))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void remove_endsSessions_andIsRefusedForTheLastWayIn() {
        IssuedSession session = store.session(ada);
        fails(auth.passwords().remove(ada), LastLoginMethodException.class, "only way in", ada.value());
        assertThat(verify(GOOD)).isInstanceOf(Ok.class);
        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNotNull();
        run(auth.accounts().link(ada, ExternalIdentity.of("github", "42")));
        assertThat(get(auth.passwords().remove(ada))).isTrue();

        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNull();
    }

    @Test
    void change_withoutPassword_isWrong() {
        assertThat(get(auth.passwords().remove(ada, true))).isTrue();
        assertThat(get(auth.passwords().remove(ada))).isFalse();

        fails(auth.passwords().change(ada, GOOD, OTHER, null), WrongPasswordException.class);
        fails(auth.passwords().change(UserId.of("nobody"), GOOD, OTHER, null), WrongPasswordException.class);
    }

    @Test
    void resetWith_usesTheTokenUp_andUnlocks() {
        String token = get(auth.tokens().issue(Purpose.PASSWORD_RESET, ada.value()))
                .token()
                .expose();
        IssuedSession session = store.session(ada);
        for (int i = 0; i < 10; i++) {
            verify(OTHER);
        }
        assertThat(verify(GOOD)).isInstanceOf(Locked.class);

        assertThatThrownBy(() -> auth.passwords().resetWith(token, "short"))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageNotContaining("short\"");
        run(auth.passwords().resetWith(token, OTHER));

        assertThat(verify(OTHER)).isInstanceOf(Ok.class);
        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNull();
        fails(auth.passwords().resetWith(token, GOOD), InvalidTokenException.class, "password-reset");
        fails(auth.passwords().resetWith("x", GOOD), InvalidTokenException.class);
        fails(auth.passwords().resetWith(null, GOOD), InvalidTokenException.class);
    }

    @Test
    void resetWith_userGone_keepsNothing() {
        String token = get(auth.tokens().issue(Purpose.PASSWORD_RESET, "gone-user"))
                .token()
                .expose();

        fails(auth.passwords().resetWith(token, OTHER), UnknownUserException.class, "gone-user");
        assertThat(find(auth.tokens().peek(Purpose.PASSWORD_RESET, token)))
                .as("rolled back")
                .isNotNull();
    }

    @Test
    void set_unknownUser_writesNothing() {
        fails(auth.passwords().set(UserId.of("nobody"), GOOD), UnknownUserException.class, "nobody");
        assertThat(store.count("SELECT count(*) FROM auth_password")).isEqualTo(1);
    }
}
