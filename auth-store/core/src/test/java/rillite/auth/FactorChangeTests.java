package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.core.testing.MovingClock;

/** What a change of the address, of the password or of the user itself ends. */
final class FactorChangeTests extends StoreTests {

    private static final String MAIL = "ada@example.org";

    private UserId ada = UserId.of("none");
    private String here = "";
    private String there = "";
    private SessionId keep = new SessionId("none");
    private String reset = "";
    private String link = "";
    private String code = "";

    @BeforeEach
    void user() {
        ada = store.user(MAIL);
        IssuedSession session = store.session(ada);
        keep = session.id();
        here = session.token().expose();
        there = store.session(ada).token().expose();
        reset = get(auth.tokens().issue(Purpose.PASSWORD_RESET, ada.value()))
                .token()
                .expose();
        link = get(auth.tokens().issue(Purpose.MAGIC_LINK, "Ada@Example.org"))
                .token()
                .expose();
        code = get(auth.codes().issue(Purpose.of("login"), MAIL, Duration.ofMinutes(10)))
                .token()
                .expose();
        get(auth.tokens().issue(Purpose.MAGIC_LINK, "grace@example.org"));
    }

    private boolean alive(String session) {
        return find(auth.sessions().authenticate(session)) != null;
    }

    private void assertLinksDead() {
        assertThat(find(auth.tokens().peek(Purpose.PASSWORD_RESET, reset))).isNull();
        assertThat(find(auth.tokens().peek(Purpose.MAGIC_LINK, link))).isNull();
        assertThat(get(auth.codes().use(Purpose.of("login"), MAIL, code))).isEqualTo(new CodeResult.Rejected());
        assertThat(store.count("SELECT count(*) FROM auth_token"))
                .as("that of somebody else stays")
                .isEqualTo(1);
    }

    @Test
    void update_toAnotherAddress_endsSessionsAndLinks() {
        get(auth.users().update(ada, UserPatch.none().email("ada@new.org"), keep));

        assertThat(alive(here)).isTrue();
        assertThat(alive(there)).isFalse();
        assertLinksDead();
        assertThat(get(auth.audit().of(ada, Page.of(1)).next()).event().name()).isEqualTo("email.changed");
        get(auth.users().update(ada, UserPatch.none().email(null)));
        assertThat(alive(here)).isFalse();
    }

    @Test
    void update_ofTheRest_orOfTheSpelling_endsNothing() {
        get(auth.users().update(ada, UserPatch.none().name("Ada").emailVerifiedAt(MovingClock.START)));
        get(auth.users().update(ada, UserPatch.none().email("ADA@example.org")));

        assertThat(alive(there)).isTrue();
        assertThat(find(auth.tokens().peek(Purpose.MAGIC_LINK, link))).isNotNull();
        assertThat(get(auth.users().findById(ada)).email()).isEqualTo("ADA@example.org");
    }

    @Test
    void update_failingBehindTheAddress_endsNothing() {
        run(store.db
                .sql("CREATE TRIGGER planted BEFORE INSERT ON auth_audit BEGIN SELECT RAISE(ABORT, 'planted'); END")
                .execute());

        fails(
                auth.users().update(ada, UserPatch.none().email("ada@new.org")),
                R2dbcDataIntegrityViolationException.class,
                "planted");
        assertThat(alive(there)).isTrue();
        assertThat(get(auth.users().findById(ada)).email()).isEqualTo(MAIL);
        assertThat(find(auth.tokens().peek(Purpose.MAGIC_LINK, link))).isNotNull();
    }

    @Test
    void update_refusedByAnotherConstraint_isNotAnAddressTaken() {
        run(store.db
                .sql("CREATE TRIGGER planted BEFORE UPDATE ON auth_user BEGIN SELECT RAISE(ABORT, 'planted'); END")
                .execute());

        fails(
                auth.users().update(ada, UserPatch.none().email("ada@new.org")),
                R2dbcDataIntegrityViolationException.class,
                "planted");
        fails(
                auth.users().update(ada, UserPatch.none().name("Ada")),
                R2dbcDataIntegrityViolationException.class,
                "planted");
    }

    @Test
    void grant_refusedByAnotherConstraint_isNotAnUnknownUser() {
        run(store.db
                .sql("CREATE TRIGGER planted BEFORE INSERT ON auth_user_role BEGIN SELECT RAISE(ABORT, 'planted'); END")
                .execute());

        fails(auth.roles().grant(ada, "admin"), R2dbcDataIntegrityViolationException.class, "planted");
        fails(auth.roles().grant(UserId.of("nobody"), "admin"), UnknownUserException.class, "nobody");
        assertThat(store.count("SELECT count(*) FROM auth_role")).isZero();
    }

    @Test
    void disable_endsSessionsAndLinks() {
        assertThat(get(auth.users().disable(ada))).isTrue();

        assertThat(alive(there)).isFalse();
        assertLinksDead();
        assertThat(get(auth.users().enable(ada))).isTrue();
        assertThat(alive(there)).isFalse();
    }

    @Test
    void delete_endsSessionsAndLinks() {
        assertThat(get(auth.users().delete(ada))).isTrue();

        assertThat(alive(there)).isFalse();
        assertLinksDead();
        assertThat(get(auth.users().delete(ada))).isFalse();
    }

    @Test
    void set_keepsOneSession() {
        run(auth.passwords().set(ada, "correct horse", keep));

        assertThat(alive(here)).isTrue();
        assertThat(alive(there)).isFalse();
        assertThat(find(auth.tokens().peek(Purpose.PASSWORD_RESET, reset))).isNull();
    }

    @Test
    void subjects_areOneInAllFormsOfAnAddress() {
        assertThat(get(auth.tokens().peek(Purpose.MAGIC_LINK, link)).subject()).isEqualTo(MAIL);

        String next = get(auth.tokens().issue(Purpose.MAGIC_LINK, "\uFF41da@EXAMPLE.org"))
                .token()
                .expose();
        assertThat(find(auth.tokens().peek(Purpose.MAGIC_LINK, link)))
                .as("replaced")
                .isNull();
        assertThat(get(auth.tokens().revoke(Purpose.MAGIC_LINK, " ADA@example.org")))
                .isEqualTo(1);
        assertThat(find(auth.tokens().consume(Purpose.MAGIC_LINK, next))).isNull();
        assertThat(get(auth.codes().use(Purpose.of("login"), "ADA@EXAMPLE.ORG", code)))
                .isEqualTo(new CodeResult.Ok());
    }
}
