package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import rillite.core.testing.MovingClock;

final class UsersTests extends StoreTests {

    @Test
    void create_givesWhatIsStored() {
        User user = get(auth.users()
                .create(NewUser.of(" Ada@Example.org ")
                        .name("Ada")
                        .image("https://x/a.png")
                        .verified()));

        assertThat(user.email()).isEqualTo("Ada@Example.org");
        assertThat(user.emailVerifiedAt()).isEqualTo(MovingClock.START);
        assertThat(user.createdAt()).isEqualTo(MovingClock.START).isEqualTo(user.updatedAt());
        assertThat(user.isDisabled()).isFalse();
        assertThat(get(auth.users().findById(user.id()))).isEqualTo(user);
        assertThat(get(auth.users().findByEmail("\uFF21DA@example.ORG"))).isEqualTo(user);
    }

    @Test
    void create_sameAddressInOtherForm_isTaken() {
        store.user("ada@example.org");

        fails(auth.users().create(NewUser.of("ADA@EXAMPLE.ORG")), EmailTakenException.class, "auth_user.email_key");
        fails(auth.users().create(NewUser.of("\uFF41da@example.org")), EmailTakenException.class);
        assertThat(store.count("SELECT count(*) FROM auth_user")).isEqualTo(1);
    }

    @Test
    void create_withoutAddress_isPermittedOften() {
        User one = get(auth.users().create(NewUser.anonymous().name("a").verified()));
        User two = get(auth.users().create(NewUser.anonymous()));

        assertThat(one.id()).isNotEqualTo(two.id());
        assertThat(one.emailVerifiedAt()).isNull();
    }

    @Test
    void create_withBadTexts_isRefusedAtOnce() {
        assertThatThrownBy(() -> NewUser.of("a@x.org").name("a\u0000b"))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("name has a control character")
                .hasMessageContaining("at 1");
        assertThatThrownBy(() -> NewUser.of("a@x.org").name("\ud83d"))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> UserId.of("00123")).isInstanceOf(InvalidAuthValueException.class);
        assertThatThrownBy(() -> UserId.of("1e5")).isInstanceOf(InvalidAuthValueException.class);
    }

    @Test
    void find_unknown_isEmpty() {
        assertThat(find(auth.users().findById(UserId.of("nobody")))).isNull();
        assertThat(find(auth.users().findByEmail("nobody@example.org"))).isNull();
        assertThat(find(auth.users().findByEmail("' OR 1=1 --"))).isNull();
    }

    @Test
    void update_changesOnlyWhatIsSaid() {
        UserId id = store.user("ada@example.org");
        store.clock.move(Duration.ofSeconds(1));
        Instant verified = MovingClock.START;

        User named = get(auth.users().update(id, UserPatch.none().name("Ada").emailVerifiedAt(verified)));
        assertThat(named.name()).isEqualTo("Ada");
        assertThat(named.email()).isEqualTo("ada@example.org");
        assertThat(named.emailVerifiedAt()).isEqualTo(verified);
        assertThat(named.updatedAt()).isEqualTo(MovingClock.START.plusSeconds(1));

        User moved = get(auth.users().update(id, UserPatch.none().email("Ada@new.org")));
        assertThat(moved.email()).isEqualTo("Ada@new.org");
        assertThat(moved.emailVerifiedAt()).as("a new address is not proven").isNull();
        assertThat(moved.name()).isEqualTo("Ada");

        User bare = get(auth.users().update(id, UserPatch.none().email(null).name(null)));
        assertThat(bare.email()).isNull();
        assertThat(bare.name()).isNull();
    }

    @Test
    void update_toTakenAddress_changesNothing() {
        store.user("ada@example.org");
        UserId grace = store.user("grace@example.org");

        fails(auth.users().update(grace, UserPatch.none().email("ADA@example.org")), EmailTakenException.class);
        assertThat(get(auth.users().findById(grace)).email()).isEqualTo("grace@example.org");
        fails(
                auth.users().update(UserId.of("nobody"), UserPatch.none().name("x")),
                UnknownUserException.class,
                "nobody");
    }

    @Test
    void disable_endsSessions_enableDoesNotRevive() {
        UserId id = store.user("ada@example.org");
        String token = store.session(id).token().expose();

        assertThat(get(auth.users().disable(id))).isTrue();
        assertThat(get(auth.users().disable(id))).isFalse();
        assertThat(find(auth.sessions().authenticate(token))).isNull();
        fails(auth.sessions().create(id, SessionRequest.none()), UnknownUserException.class, id.value());

        assertThat(get(auth.users().enable(id))).isTrue();
        assertThat(find(auth.sessions().authenticate(token))).isNull();
        assertThat(store.session(id).user()).isEqualTo(id);
    }

    @Test
    void delete_takesAllThatIsTheirs() {
        UserId id = store.user("ada@example.org");
        store.session(id);
        get(auth.tokens().issue(Purpose.PASSWORD_RESET, id.value()));
        get(auth.roles().grant(id, "admin"));

        assertThat(get(auth.users().delete(id))).isTrue();
        assertThat(get(auth.users().delete(id))).isFalse();
        assertThat(store.count("SELECT (SELECT count(*) FROM auth_session) + (SELECT count(*) FROM auth_token)"
                        + " + (SELECT count(*) FROM auth_user_role)"))
                .isZero();
    }

    @Test
    void all_givesPagesInOrder() {
        for (int i = 0; i < 5; i++) {
            store.user("u" + i + "@example.org");
        }
        Page page = Page.of(3);
        var first = get(auth.users().all(page).collectList());
        var second = get(auth.users().all(page.after(first.get(2).id())).collectList());

        assertThat(first).hasSize(3);
        assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
        assertThatThrownBy(() -> Page.of(0)).isInstanceOf(InvalidAuthValueException.class);
    }

    @Test
    void inTransaction_failure_leavesNothing() {
        Mono<Void> work = auth.inTransaction(tx -> tx.users()
                .create(NewUser.of("ada@example.org"))
                .flatMap(user -> tx.sessions().create(user.id(), SessionRequest.none()))
                .then(Mono.error(new IllegalStateException("planted"))));

        fails(work, IllegalStateException.class, "planted");
        assertThat(store.count("SELECT (SELECT count(*) FROM auth_user) + (SELECT count(*) FROM auth_session)"))
                .isZero();
    }

    @Test
    void inTransaction_success_givesItsValue() {
        User user = get(auth.inTransaction(tx -> tx.users().create(NewUser.of("ada@example.org"))));

        assertThat(get(auth.users().findById(user.id()))).isEqualTo(user);
    }

    @Test
    void findLogin_byAddressOrId_givesAllThatIsAsked() {
        UserId ada = store.user("ada@example.org");
        run(auth.passwords().set(ada, "correct horse"));
        run(auth.roles().grant(ada, "editor"));
        run(auth.roles().grant(ada, "author"));
        run(auth.roles().allow("editor", "write"));
        run(auth.roles().allow("author", "write"));
        for (Login login : List.of(
                get(auth.users().findLogin("ADA@example.org")),
                get(auth.users().findLogin(ada.value())),
                get(auth.users().findLogin(ada)))) {
            assertThat(login.user().id()).isEqualTo(ada);
            assertThat(login.roles()).containsExactlyInAnyOrder("author", "editor");
            assertThat(login.permissions()).containsExactly("write");
            assertThat(login.hash()).isNotNull();
            assertThat(login.epoch()).isOne();
        }
        Login bob = get(auth.users().findLogin(store.user("bob@example.org")));
        assertThat(bob.hash()).isNull();
        assertThat(bob.roles()).isEmpty();
        assertThat(bob.permissions()).isEmpty();
    }

    @Test
    void findLogin_addressOfOneThatIsTheIdOfAnother_isEmpty() {
        store.user("ada@example.org");
        UserId bob = store.user("bob@example.org");
        run(store.db
                .sql("UPDATE auth_user SET id = 'ada@example.org' WHERE id = ?1", bob.value())
                .execute());
        assertThat(find(auth.users().findLogin("ada@example.org"))).isNull();
        assertThat(find(auth.users().findLogin("nobody@example.org"))).isNull();
    }

    @Test
    void create_blankName_isNone() {
        User ada = get(auth.users().create(NewUser.of("ada@example.org").name("  ")));

        assertThat(ada.name()).isNull();
    }
}
