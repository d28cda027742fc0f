package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.SecondProcess.won;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.auth.Tokens.SupersedePolicy;
import rillite.querysets.Database;
import rillite.r2dbc.testing.ChildJvm;

/** Two processes on one file do the same at once. */
final class TwoProcessesIT {

    @TempDir
    Path directory = Path.of("");

    private ChildJvm other;
    private Database db;
    private AuthStore auth;

    @BeforeEach
    void open() {
        Path file = directory.resolve("auth.db");
        db = get(Database.open(file));
        auth = AuthStore.on(db, SecondProcess.options());
        other = ChildJvm.serving(SecondProcess.class, file.toString());
    }

    @AfterEach
    void close() {
        other.close();
        run(db.close());
    }

    private List<String> both(String line) {
        return both(line, line);
    }

    private List<String> both(String here, String there) {
        return other.askWhile(there, () -> won(auth, here));
    }

    private Path file(List<String> lines) throws Exception {
        return file("lines", lines);
    }

    private Path file(String name, List<String> lines) throws Exception {
        return Files.write(directory.resolve(name), lines);
    }

    @Test
    void processes_raceForTablesTokensAndAddresses_andEachHasOneWinner() throws Exception {
        both("migrate ");
        assertThat(get(auth.verifySchema()).isSound()).isTrue();
        assertThat(get(db.sql("SELECT count(*) FROM rillite_migration")
                        .values()
                        .flat(Long.class)
                        .get()))
                .isEqualTo(2);

        List<String> tokens = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(get(auth.tokens()
                            .issue(SecondProcess.INVITE, "u" + i, Duration.ofDays(1), Map.of(), SupersedePolicy.KEEP))
                    .token()
                    .expose());
            addresses.add("u" + i + "@example.org");
        }
        assertThat(both("consume " + file(tokens))).containsExactlyInAnyOrderElementsOf(tokens);
        assertThat(both("create " + file(addresses))).containsExactlyInAnyOrderElementsOf(addresses);
        List<String> shouted =
                addresses.stream().map(one -> one.toUpperCase(Locale.ROOT)).toList();
        assertThat(both("create " + file(shouted))).isEmpty();
    }

    @Test
    void process_killedWithinATransaction_leavesNothing() {
        run(auth.migrate());
        other.say("hang");
        assertThat(other.line()).isEqualTo("inside");
        other.kill();
        other.exitCode();

        User user = get(auth.users().create(NewUser.of("ghost@example.org")));
        assertThat(get(auth.users().all(Page.of(10)).collectList())).containsExactly(user);
        assertThat(get(auth.sessions().list(user.id()).collectList())).isEmpty();
    }

    @Test
    void oneToken_usedAHundredTimesFromBoth_isUsedOnce() {
        run(auth.migrate());
        for (int round = 0; round < 5; round++) {
            String token = get(auth.tokens().issue(SecondProcess.INVITE, "u" + round))
                    .token()
                    .expose();
            assertThat(both("storm " + token)).containsExactly(token);
        }
    }

    @Test
    void oneAddressInTwoForms_createdFromBoth_isOneUser() throws Exception {
        run(auth.migrate());
        List<String> plain = new ArrayList<>();
        List<String> other = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            plain.add("u" + i + "@example.org");
            other.add(i % 2 == 0 ? "U" + i + "@EXAMPLE.org" : "\uFF55" + i + "@example.org");
        }

        List<String> won = both("create " + file("plain", plain), "create " + file("other", other));
        assertThat(won.stream().map(EmailKey::of).toList()).containsExactlyInAnyOrderElementsOf(plain);
    }

    @Test
    void accounts_linkedFromBothToDifferentUsers_areOneUsersEach() throws Exception {
        run(auth.migrate());
        UserId ada = get(auth.users().create(NewUser.of("ada@example.org"))).id();
        UserId grace = get(auth.users().create(NewUser.of("grace@example.org"))).id();
        List<String> accounts =
                IntStream.range(0, 50).mapToObj(i -> "account-" + i).toList();
        Path lines = file(accounts);

        assertThat(both("link " + ada.value() + " " + lines, "link " + grace.value() + " " + lines))
                .containsExactlyInAnyOrderElementsOf(accounts);
    }

    @Test
    void backupCodes_usedFromBoth_workOnceEach() throws Exception {
        run(auth.migrate());
        UserId ada = get(auth.users().create(NewUser.of("ada@example.org"))).id();
        Authenticator phone =
                Authenticator.of(get(auth.totp().begin(ada)).secret().expose());
        assertThat(get(auth.totp().confirm(ada, phone.code(Clock.systemUTC().millis() / 30_000))))
                .isTrue();
        List<String> codes = get(auth.totp().newBackupCodes(ada)).stream()
                .map(Secret::expose)
                .toList();

        assertThat(both("backup " + ada.value() + " " + file(codes))).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void hits_fromBoth_exactlyAsManyAreAllowed() {
        run(auth.migrate());

        assertThat(both("hit key")).hasSize(50);
    }

    @Test
    void session_revokedHere_isDeadThere() {
        run(auth.migrate());
        UserId ada = get(auth.users().create(NewUser.of("ada@example.org"))).id();
        for (int round = 0; round < 20; round++) {
            String token = get(auth.sessions().create(ada, SessionRequest.none()))
                    .token()
                    .expose();
            assertThat(both("alive " + token)).hasSize(2);
            run(
                    round % 2 == 0
                            ? auth.sessions().revokeAll(ada)
                            : auth.sessions().revokeToken(token));
            assertThat(both("alive " + token)).isEmpty();
        }
    }

    @Test
    void tokensOfAnAccount_refreshedFromBoth_areTheWinnersInBoth() {
        run(auth.migrate());
        UserId ada = get(auth.users().create(NewUser.of("ada@example.org"))).id();
        Account account = get(
                auth.accounts().link(ada, ExternalIdentity.of("x", "y").tokens(OAuthTokens.of(Secret.of("first")))));

        List<String> seen = both("rotate " + account.id().value());
        assertThat(seen).hasSize(2).containsOnly(seen.get(0));
        assertThat(get(auth.accounts().tokens(account.id())).access().expose()).isEqualTo(seen.get(0));
    }
}
