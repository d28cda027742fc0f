package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.auth.vertx.Fixture.failure;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.SessionStore;
import org.junit.jupiter.api.Test;

/** The store as Vert.x finds it. */
final class SessionStoreLookupTests extends VertxTests {

    @Test
    void create_withAFile_findsThisStore_andKeepsSessionsOverARestart() {
        JsonObject options = new JsonObject()
                .put("file", directory.resolve("web.db").toString())
                .put("retryTimeout", 50);
        SessionStore store = SessionStore.create(fixture.vertx, options);
        assertThat(store).isInstanceOf(SqliteSessionStore.class);
        assertThat(store.retryTimeout()).isEqualTo(50);
        Session session = store.createSession(60_000).put("a", 1);
        fixture.onLoop(() -> store.put(session));
        store.close();
        store.close();

        SessionStore again = SessionStore.create(fixture.vertx, options);

        assertThat((Integer) fixture.onLoop(() -> again.get(session.id())).get("a"))
                .isEqualTo(1);
        again.close();
    }

    @Test
    void create_withoutAFile_isTheStoreOfVertx() {
        SessionStore store = SessionStore.create(fixture.vertx);
        assertThat(store).isNotInstanceOf(SqliteSessionStore.class);
        store.close();
    }

    @Test
    void init_refusesWhatCannotBe() {
        SqliteSessionStore store = new SqliteSessionStore();
        assertThatThrownBy(store::size)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("init");
        assertThatThrownBy(() -> store.init(fixture.vertx, new JsonObject()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file");
        assertThatThrownBy(() -> SqliteSessionStore.create(
                        fixture.vertx, fixture.db, new JsonObject().put("maxPayloadBytes", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxPayloadBytes")
                .hasMessageContaining("1024 to 16777216");
        store.close();
    }

    @Test
    void fileThatCannotBeOpened_failsWhatIsAsked_notTheStart() {
        SessionStore store = SessionStore.create(
                fixture.vertx,
                new JsonObject()
                        .put("file", directory.resolve("no/such/folder/web.db").toString()));
        assertThat(store).isInstanceOf(SqliteSessionStore.class);
        assertThat(failure(store.size())).isNotNull();
        assertThat(failure(store.get("ab".repeat(32)))).isNotNull();
        store.close();
    }
}
