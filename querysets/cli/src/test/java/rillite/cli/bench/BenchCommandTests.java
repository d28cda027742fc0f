package rillite.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;
import rillite.cli.OpenDatabase;

/** That it measures and leaves nothing behind; how fast it is here is nobody's promise. */
final class BenchCommandTests {

    @TempDir
    Path folder;

    @Test
    void bench_measuresBesideADatabase_andLeavesItAlone() throws IOException {
        Path shop = Cli.shop(folder);
        byte[] before = Files.readAllBytes(shop);

        Ran ran = Cli.run("bench", shop, "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("Measuring in " + folder.toRealPath());
        assertThat(ran.out())
                .contains(
                        "\"name\": \"rows imported\"",
                        "\"name\": \"rows streamed\"",
                        "\"journal mode wal\"".replace("\"", ""))
                .contains("\"name\": \"commits, one after another\"", "\"name\": \"commits, 64 at a time\"");
        assertThat(Files.readAllBytes(shop)).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactly("shop.db");
    }

    @Test
    void work_isCountedAsItIsDone() {
        List<Measurement> results = new ArrayList<>();
        Path file = folder.resolve("scratch.db");
        try (OpenDatabase open = OpenDatabase.create(file)) {
            new Bench(open, Duration.ofMillis(150), results::add).run();
        }

        assertThat(results)
                .hasSize(5)
                .allSatisfy(result -> assertThat(result.time()).isPositive());
        long commits = results.get(3).count() + results.get(4).count();
        assertThat(Cli.rows(
                        file,
                        "SELECT (SELECT count(*) FROM item) = " + results.get(0).count()
                                + " AND (SELECT count(*) FROM entry) = " + commits))
                .isEqualTo(List.of(List.of(1)));
    }

    @Test
    void place_thatIsNotThere_isRefused() {
        Ran ran = Cli.run("bench", folder.resolve("nowhere"));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("There is no file or folder \"", "nowhere\": name a folder that is there.")
                .doesNotContain("\tat ");
    }
}
