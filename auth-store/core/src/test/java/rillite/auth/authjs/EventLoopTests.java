package rillite.auth.authjs;

import static rillite.auth.authjs.Site.NOW;
import static rillite.core.testing.Await.onEventLoop;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.auth.Secret;
import rillite.auth.authjs.Site.Kind;
import rillite.r2dbc.testing.BlockingCalls;

/** No method blocks the event loop that calls it and subscribes to it. */
@Tag("blockhound")
final class EventLoopTests {

    private static final Secret SECRET = Secret.of("0123456789abcdef0123456789abcdef");

    @TempDir
    Path directory;

    @BeforeEach
    void watch() {
        BlockingCalls.watch();
    }

    @Test
    void methods_neverBlock() {
        try (Site site = Site.in(directory, Kind.PRISMA_ISO)) {
            AuthJsAdapter adapter = site.adapter;
            AdapterUser ada = onEventLoop(() -> adapter.createUser(AdapterUser.of("ada@example.com")));
            onEventLoop(() -> adapter.updateUser(AdapterUserPatch.of(ada.id()).name("Ada")));
            onEventLoop(() -> adapter.linkAccount(AdapterAccount.of(ada.id(), "oauth", "github", "1")));
            onEventLoop(() -> adapter.getUserByAccount("github", "1"));
            String token = onEventLoop(() -> adapter.startSession(ada.id()))
                    .sessionToken()
                    .expose();
            AuthJsAdapter later = site.at(NOW.plus(Duration.ofDays(2)));
            onEventLoop(() -> later.authenticate(token));
            String link = onEventLoop(() -> adapter.issueMagicLink("ada@example.com", SECRET, Duration.ofMinutes(10)))
                    .expose();
            onEventLoop(() -> adapter.redeemMagicLink("ada@example.com", link, SECRET));
            onEventLoop(() -> adapter.createAuthenticator(
                    new AdapterAuthenticator("a", ada.id(), "1", "key", 1, "singleDevice", false, null)));
            onEventLoop(() -> adapter.updateAuthenticatorCounter("a", 2));
            onEventLoop(() -> adapter.listAuthenticatorsByUserId("a").collectList());
            onEventLoop(adapter::verifySchema);
            onEventLoop(() -> adapter.createTables().thenReturn(true));
            onEventLoop(() -> adapter.deleteUser(ada.id()).thenReturn(true));
            BlockingCalls.assertNone();
        }
    }
}
