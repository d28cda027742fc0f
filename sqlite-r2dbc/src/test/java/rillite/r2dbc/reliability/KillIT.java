package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.ChildJvm;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.Seed;
import rillite.r2dbc.testing.TestDatabase;

/**
 * Kills a writing process again and again: what was acknowledged is there, what is there was attempted, and each client's
 * rows have no gap. {@code -Drillite.kills=1000} for the long form.
 */
@ExtendWith(LeakFree.class)
final class KillIT {
    private static final int KILLS = Integer.getInteger("rillite.kills", 20);

    @Test
    void killedProcess_acknowledgedWritesAreThere(@TempDir Path directory) {
        Seed seed = Seed.get();
        Random random = seed.random();
        Path file = directory.resolve("kill.db");
        try (var database = TestDatabase.at(file)) {
            database.run("CREATE TABLE ack (client INTEGER, seq INTEGER, PRIMARY KEY (client, seq)) WITHOUT ROWID");
        }
        int[] acknowledged = new int[AckWriter.CLIENTS];

        for (int kill = 1; kill <= KILLS; kill++) {
            writeUntilKilled(file, 20 + random.nextInt(400), acknowledged);
            long start = System.nanoTime();
            try (var database = TestDatabase.at(file)) {
                check(database, acknowledged, "kill " + kill + " of " + KILLS + ", " + seed);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as("reopening")
                        .isLessThan(Duration.ofSeconds(5));
            }
        }

        assertThat(acknowledged).as("rows acknowledged to each client").doesNotContain(0);
    }

    private static void writeUntilKilled(Path file, int millis, int[] acknowledged) {
        try (var child = ChildJvm.start(AckWriter.class, file.toString())) {
            assertThat(child.line()).isEqualTo("ready");
            note(child.line(), acknowledged);
            Mono.delay(Duration.ofMillis(millis)).subscribe(now -> child.kill());
            List<String> lines = child.rest();
            for (String line : lines) {
                note(line, acknowledged);
            }
        }
    }

    private static void note(String line, int[] acknowledged) {
        String[] parts = line.split(" ");
        if (parts.length == 2 && !parts[1].isEmpty()) {
            int client = Integer.parseInt(parts[0]);
            acknowledged[client] = Math.max(acknowledged[client], Integer.parseInt(parts[1]));
        }
    }

    private static void check(TestDatabase database, int[] acknowledged, String when) {
        for (int client = 0; client < acknowledged.length; client++) {
            String clause = " FROM ack WHERE client = ?";
            int count = database.value(Integer.class, "SELECT count(*)" + clause, client);
            int last = database.value(Integer.class, "SELECT ifnull(max(seq), 0)" + clause, client);
            assertThat(count)
                    .as("rows of client %s have no gap, %s", client, when)
                    .isEqualTo(last);
            assertThat(last)
                    .as("client %s: acknowledged, or one more, %s", client, when)
                    .isBetween(acknowledged[client], acknowledged[client] + 1);
            acknowledged[client] = last;
        }
        assertThat(database.value(String.class, "PRAGMA integrity_check"))
                .as(when)
                .isEqualTo("ok");
    }
}
