package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.Fixture.get;
import static rillite.auth.Fixture.run;
import static rillite.auth.SecondProcess.won;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        auth = AuthStore.on(db);
        other = ChildJvm.start(SecondProcess.class, file.toString());
        assertThat(other.line()).isEqualTo("ready");
    }

    @AfterEach
    void close() {
        other.close();
        run(db.close());
    }

    private List<String> both(String line) throws Exception {
        other.say(line);
        List<String> all = new ArrayList<>(won(auth, line));
        for (String one = other.line(); !one.equals("end"); one = other.line()) {
            all.add(one);
        }
        return all;
    }

    private Path file(List<String> lines) throws Exception {
        return Files.write(directory.resolve("lines"), lines);
    }

    @Test
    void processes_raceForTablesTokensAndAddresses_andEachHasOneWinner() throws Exception {
        both("migrate ");
        assertThat(get(auth.verifySchema()).isSound()).isTrue();
        assertThat(get(db.sql("SELECT count(*) FROM rillite_migration")
                        .values()
                        .flat(Long.class)
                        .get()))
                .isEqualTo(1);

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
}
