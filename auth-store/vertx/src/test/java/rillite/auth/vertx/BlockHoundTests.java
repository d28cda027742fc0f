package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.PASSWORD;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.webauthn4j.Authenticator;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FormLoginHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.SessionStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rillite.r2dbc.testing.BlockingCalls;

/** Nothing here blocks an event loop of Vert.x. */
@Tag("blockhound")
final class BlockHoundTests extends VertxTests {

    @BeforeEach
    void watch() {
        fixture.ada();
        BlockingCalls.watch();
    }

    @Test
    void control_sleepOnAnEventLoop_isReported() {
        fixture.onLoop(() -> {
            try {
                Thread.sleep(1);
            } catch (InterruptedException | Error e) {
                return Future.succeededFuture();
            }
            return Future.succeededFuture();
        });
        BlockingCalls.assertSeen("sleep");
    }

    @Test
    void requests_neverBlock() {
        int port = fixture.serve(this::routes);
        for (int i = 0; i < 3; i++) {
            Browser browser = new Browser();
            assertThat(browser.get(port, "/web/count").body()).isEqualTo("1");
            assertThat(browser.post(port, "/web/login", "username=ada%40example.org&password=correct+horse")
                            .statusCode())
                    .isEqualTo(302);
            assertThat(browser.get(port, "/web/count").body()).isEqualTo("2");
            assertThat(browser.login(port, "ada@example.org", "wrong horse").statusCode())
                    .isEqualTo(401);
            assertThat(browser.login(port, "ada@example.org", PASSWORD).statusCode())
                    .isEqualTo(302);
            assertThat(browser.get(port, "/me").body()).isEqualTo("hello");
            assertThat(browser.post(port, "/logout", "").body()).isEqualTo("bye");
            assertThat(browser.get(port, "/me").statusCode()).isEqualTo(401);
        }
        BlockingCalls.assertNone();
    }

    private void routes(Router router) {
        var passwords = AuthStoreVertxAuthenticationProvider.create(fixture.vertx, fixture.auth);
        SessionCookieHandler auth = SessionCookieHandler.create(fixture.auth).insecure();
        router.route("/web/*").handler(SessionHandler.create(fixture.sessions()));
        router.route().handler(BodyHandler.create(false));
        router.post("/web/login").handler(FormLoginHandler.create(passwords).setDirectLoggedInOKURL("/me"));
        router.get("/web/count").handler(context -> {
            Integer seen = context.session().get("seen");
            context.session().put("seen", seen == null ? 1 : seen + 1);
            context.end(context.session().get("seen").toString());
        });
        router.post("/login").handler(auth.formLogin("/me"));
        router.get("/me").handler(auth).handler(context -> context.end("hello"));
        router.post("/logout").handler(context -> auth.signOut(context).onSuccess(done -> context.end("bye")));
    }

    @Test
    void storeThatOpensItsFile_neverBlocks() {
        JsonObject options = new JsonObject()
                .put("file", directory.resolve("web.db").toString())
                .put("sweepEveryMillis", 100);
        SessionStore store = SessionStore.create(fixture.vertx, options);
        fixture.onLoop(() -> {
            Session session = store.createSession(60_000).put("a", new JsonObject().put("b", 1));
            return store.put(session)
                    .compose(done -> store.get(session.id()))
                    .compose(read -> store.delete(read.id()))
                    .compose(done -> store.clear())
                    .compose(done -> store.size())
                    .onComplete(end -> store.close());
        });
        BlockingCalls.assertNone();
    }

    @Test
    void passkeys_neverBlock() {
        var storage = AuthStoreCredentialStorage.create(fixture.vertx, fixture.auth);
        Authenticator key = new Authenticator()
                .setUsername("ada@example.org")
                .setCredID("AQID")
                .setPublicKey("AQID")
                .setCounter(1);
        fixture.onLoop(() -> storage.storeCredential(key)
                .compose(done -> storage.updateCounter(key.setCounter(2)))
                .compose(done -> storage.find("ada@example.org", "AQID")));
        BlockingCalls.assertNone();
    }
}
