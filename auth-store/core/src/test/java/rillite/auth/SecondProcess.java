package rillite.auth;

import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.race;
import static rillite.core.testing.Await.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.r2dbc.testing.ChildJvm;

/** The same program in a JVM of its own: does what a line says, and answers with what it won. */
final class SecondProcess {

    static final Purpose INVITE = Purpose.of("invite");
    static final Throttle.Limit LIMIT = new Throttle.Limit(50, Duration.ofHours(1), Duration.ofHours(1));

    private static final int CALLERS = 50;

    private SecondProcess() {}

    static AuthOptions options() {
        return AuthOptions.defaults()
                .hashing(16, 1, 1)
                .failures(new Throttle.Limit(10_000, Duration.ofMinutes(15), Duration.ofMinutes(15)))
                .encryptionKey("k1", "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String[] arguments) throws Exception {
        Database db = get(Database.open(Path.of(arguments[0])));
        AuthStore auth = AuthStore.on(db, options());
        ChildJvm.serve(line -> won(auth, line));
        run(db.close());
    }

    /** What this process wins of something that both are told to do: what, for whom, with the lines of which file. */
    static List<String> won(AuthStore auth, String line) throws Exception {
        String[] words = line.split(" ");
        if (words[0].equals("hang")) {
            run(auth.inTransaction(tx -> tx.users()
                    .create(NewUser.of("ghost@example.org"))
                    .flatMap(user -> tx.sessions().create(user.id(), SessionRequest.none()))
                    .doOnNext(session -> System.out.println("inside"))
                    .then(Mono.<Void>never())));
        }
        if (words[0].equals("migrate")) {
            run(auth.migrate());
            return List.of();
        }
        if (words[0].equals("storm")) {
            return race(CALLERS, i -> find(auth.tokens().consume(INVITE, words[1])) == null ? "" : words[1]).stream()
                    .filter(one -> !one.isEmpty())
                    .toList();
        }
        if (words[0].equals("hit")) {
            return race(CALLERS, i -> get(auth.throttle().hit(words[1], LIMIT)).allowed()).stream()
                    .filter(allowed -> allowed)
                    .map(allowed -> "allowed")
                    .toList();
        }
        if (words[0].equals("alive")) {
            return find(auth.sessions().authenticate(words[1])) == null ? List.of() : List.of("alive");
        }
        if (words[0].equals("rotate")) {
            AccountId account = new AccountId(words[1]);
            OAuthTokens next = OAuthTokens.of(
                    Secret.of("of process " + ProcessHandle.current().pid()));
            return List.of(
                    get(auth.accounts().rotateTokens(account, 0, next)).access().expose());
        }
        List<String> won = new ArrayList<>();
        for (String one : Files.readAllLines(Path.of(words[words.length - 1]))) {
            Mono<?> mine = attempt(auth, words, one);
            if (find(mine) != null) {
                won.add(one);
            }
        }
        return won;
    }

    /** Gives something to who wins. */
    private static Mono<?> attempt(AuthStore auth, String[] words, String one) {
        return switch (words[0]) {
            case "consume" -> auth.tokens().consume(INVITE, one);
            case "create" ->
                auth.users().create(NewUser.of(one)).onErrorResume(EmailTakenException.class, taken -> Mono.empty());
            case "link" ->
                auth.accounts()
                        .link(new UserId(words[1]), ExternalIdentity.of("github", one))
                        .onErrorResume(AccountLinkedElsewhereException.class, elsewhere -> Mono.empty());
            case "backup" ->
                auth.totp().useBackupCode(new UserId(words[1]), one).filter(CodeResult.Ok.class::isInstance);
            default -> throw new IllegalArgumentException(Objects.toString(words[0]));
        };
    }
}
