package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.get;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;

/** The example of the page is the one that runs here. */
final class ReadmeTests {

    private static final Path PAGE = Path.of("..", "README.md");
    private static final Path SOURCE = Path.of("src", "test", "java", "rillite", "auth", "ReadmeTests.java");

    @TempDir
    Path directory = Path.of("");

    @Test
    void errors_haveTheirEntryInTheReference() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "reference", "errors.md"));

        assertThat(AuthException.class.getPermittedSubclasses())
                .allSatisfy(error -> assertThat(page).contains("\n### " + error.getSimpleName() + "\n"));
    }

    @Test
    void example_signsUpInAndOut() {
        Path file = directory.resolve("app.db");
        // tag::example
        Mono<String> story = Database.open(file).flatMap(db -> {
            AuthStore auth = AuthStore.on(db);
            Mono<User> signUp = auth.passwords()
                    .register(NewUser.of("ada@example.org").name("Ada"), "correct horse battery staple");
            Mono<Secret> signIn = auth.passwords()
                    .verify("Ada@Example.org", "correct horse battery staple")
                    .ofType(PasswordResult.Ok.class)
                    .flatMap(ok -> auth.sessions().create(ok, SessionRequest.none()))
                    .map(IssuedSession::token);
            return auth.migrate()
                    .then(signUp)
                    .then(signIn) // the token is for the cookie; only its hash is stored
                    .flatMap(token -> auth.sessions()
                            .authenticate(token.expose()) // on each request: empty when it is no live session's
                            .map(session -> "Hello " + session.user().name())
                            .delayUntil(hello -> auth.sessions().revokeToken(token.expose())))
                    .delayUntil(hello -> db.close());
        });
        // end::example
        assertThat(get(story)).isEqualTo("Hello Ada");
    }

    @Test
    void page_showsTheExample() throws Exception {
        String source = Files.readString(SOURCE);
        String example =
                source.substring(source.indexOf("// tag::example\n") + 16, source.indexOf("        // end::example"));

        assertThat(Files.readString(PAGE))
                .contains("```java\n" + example.stripTrailing().stripIndent() + "\n```");
    }
}
