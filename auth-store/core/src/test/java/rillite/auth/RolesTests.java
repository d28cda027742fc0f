package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;

import org.junit.jupiter.api.Test;

final class RolesTests extends StoreTests {

    @Test
    void permissions_comeThroughRoles() {
        UserId ada = store.user("ada@example.org");
        assertThat(get(auth.roles().allow("editor", "post.edit"))).isTrue();
        assertThat(get(auth.roles().allow("editor", "post.edit"))).isFalse();
        get(auth.roles().allow("editor", "post.read"));
        get(auth.roles().allow("admin", "post.read"));

        assertThat(get(auth.roles().has(ada, "post.edit"))).isFalse();
        assertThat(get(auth.roles().grant(ada, "editor"))).isTrue();
        assertThat(get(auth.roles().grant(ada, "editor"))).isFalse();
        get(auth.roles().grant(ada, "admin"));

        assertThat(get(auth.roles().has(ada, "post.edit"))).isTrue();
        assertThat(get(auth.roles().rolesOf(ada).collectList())).containsExactly("admin", "editor");
        assertThat(get(auth.roles().permissionsOf(ada).collectList())).containsExactly("post.edit", "post.read");

        get(auth.roles().deny("editor", "post.edit"));
        assertThat(get(auth.roles().has(ada, "post.edit"))).isFalse();
        assertThat(get(auth.roles().revoke(ada, "editor"))).isTrue();
        assertThat(get(auth.roles().revoke(ada, "editor"))).isFalse();
    }

    @Test
    void has_disabledUser_mayNothing() {
        UserId ada = store.user("ada@example.org");
        get(auth.roles().allow("admin", "all"));
        get(auth.roles().grant(ada, "admin"));
        get(auth.users().disable(ada));

        assertThat(get(auth.roles().has(ada, "all"))).isFalse();
    }

    @Test
    void grant_unknownUser_leavesNoRole() {
        fails(auth.roles().grant(UserId.of("nobody"), "admin"), UnknownUserException.class, "nobody");
        assertThat(store.count("SELECT count(*) FROM auth_role")).isZero();
        assertThatThrownBy(() -> auth.roles().grant(UserId.of("nobody"), "a\u001fb"))
                .isInstanceOf(InvalidAuthValueException.class);
    }
}
