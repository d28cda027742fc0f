package rillite.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;
import rillite.cli.Main;

/** Imports that are ended in the middle, also by a kill of their process: no row is lost, none is there twice. */
final class ImportResumeTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String COUNT = "SELECT count(*), count(DISTINCT id), sum(id) FROM item";

    @TempDir
    Path folder;

    /** Whatever was started, so that nothing outlives a test that fails. */
    private final List<Process> processes = new ArrayList<>();

    private Path database = Path.of("");

    @BeforeEach
    void makeTable() {
        database = Cli.database(
                folder.resolve("items.db"),
                "PRAGMA journal_mode = WAL; CREATE TABLE item(id INTEGER NOT NULL CHECK (id % 50 <> 7), name TEXT)");
    }

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Rows 1 to that number; those that end with 07 and 57 are not taken by the table. */
    private static String rows(int from, int to) {
        StringBuilder csv = new StringBuilder();
        for (int i = from; i <= to; i++) {
            csv.append(i).append(",name ").append(i).append('\n');
        }
        return csv.toString();
    }

    private Path csv(int count) throws IOException {
        return Files.writeString(folder.resolve("item.csv"), "id,name\n" + rows(1, count));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Records that are done for good. */
    private long done() {
        if (Cli.rows(database, "SELECT 1 FROM sqlite_schema WHERE name = 'rillite_import'")
                .isEmpty()) {
            return 0;
        }
        List<List<@Nullable Object>> records = Cli.rows(database, "SELECT records FROM rillite_import");
        return records.isEmpty()
                ? 0
                : ((Number) Objects.requireNonNull(records.get(0).get(0))).longValue();
    }

    private void assertAllThereOnce(int count) throws IOException {
        long bad = 0;
        long sum = 0;
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            if (i % 50 == 7) {
                bad++;
                lines.add(Integer.toString(i + 1));
            } else {
                sum += i;
            }
        }
        assertThat(Cli.rows(database, COUNT).get(0).toString())
                .isEqualTo(List.of(count - bad, count - bad, sum).toString());
        assertThat(Files.readAllLines(folder.resolve("item.rejected.csv")).stream()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(','))))
                .isEqualTo(lines);
    }

    @Test
    void killedWhileItWaits_goesOnBehindTheLastBatch() throws IOException, InterruptedException {
        Process process = start("import", "items.db", "-", "--table", "item", "--batch", "100");
        try (OutputStream input = process.getOutputStream()) {
            input.write(("id,name\n" + rows(1, 5000)).getBytes(StandardCharsets.UTF_8));
            input.flush();
            await().atMost(PATIENCE).until(() -> done() >= 1000);
            kill(process);
        }
        long done = done();
        String all = "id,name\n" + rows(1, 6000);

        Ran plain = Cli.runWith(all, false, "import", database, "-", "--table", "item");
        assertThat(plain.code()).isEqualTo(2);
        assertThat(plain.err()).contains("ended behind", "--resume", "--restart");

        Path rejected = folder.resolve("item.rejected.csv");
        Ran other = resume(all.replace(',', ';'), "--rejected", rejected, "--delimiter", ";");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("other options");
        assertThat(done()).isEqualTo(done);

        Ran resumed = resume(all, "--rejected", rejected);
        assertThat(resumed.code()).as(resumed.err()).isEqualTo(1);
        assertAllThereOnce(6000);
    }

    private Ran resume(String input, Object... more) {
        List<Object> call = new ArrayList<>(List.of("import", database, "-", "--table", "item", "--resume"));
        call.addAll(List.of(more));
        return Cli.runWith(input, false, call.toArray());
    }

    @Test
    void killedAgainAndAgain_losesAndDoublesNothing() throws IOException, InterruptedException {
        int count = 20_000;
        csv(count);
        String[] call = {"import", "items.db", "item.csv", "--resume", "--batch", "20"};
        for (int kill = 0; kill < 4; kill++) {
            long before = done();
            Process process = start(call);
            await().atMost(PATIENCE).until(() -> done() > before || !process.isAlive());
            kill(process);
        }

        Process last = start(call);

        assertThat(last.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue())
                .as(Files.readString(folder.resolve("err.txt")))
                .isEqualTo(1);
        assertAllThereOnce(count);
        Ran again = Cli.run("import", database, folder.resolve("item.csv"), "--resume", "--batch", 20);
        assertThat(again.out()).contains("All is imported already: 19,600 rows into item.");
        assertAllThereOnce(count);
    }

    @Test
    void interrupted_saysHowFarItIs() throws IOException, InterruptedException {
        Process process = start("import", "items.db", "-", "--table", "item", "--batch", "100");
        try (OutputStream input = process.getOutputStream()) {
            input.write(("id,name\n" + rows(1, 5000)).getBytes(StandardCharsets.UTF_8));
            input.flush();
            await().atMost(PATIENCE).until(() -> done() >= 100);
            process.destroy();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        assertThat(Files.readString(folder.resolve("err.txt")))
                .contains("Interrupted. The first ", " records are done; --resume goes on behind them.");
        assertThat(Cli.rows(database, "PRAGMA integrity_check").toString()).isEqualTo("[[ok]]");
    }

    @Test
    void badByteFarDown_keepsTheBatchesBefore_andIsMended() throws IOException {
        Path csv = csv(1000);
        byte[] bytes = Files.readAllBytes(csv);
        int at = new String(bytes, StandardCharsets.UTF_8).indexOf("name 900");
        bytes[at] = (byte) 0xFF;
        Files.write(csv, bytes);

        Ran broken = Cli.run("import", database, csv, "--batch", 100);

        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("line 901", "is FF", "The first 800 records are done; --resume goes on");

        csv(1000);
        Ran mended = Cli.run("import", database, csv, "--batch", 300, "--resume");

        assertThat(mended.code()).isEqualTo(1);
        assertThat(mended.out()).contains("980 rows into item", "200 of the records just now", "20 rows rejected");
        assertAllThereOnce(1000);
    }

    @Test
    void inputThatHasChanged_isRefused() throws IOException {
        Path csv = csv(1000);
        byte[] bytes = Files.readAllBytes(csv);
        bytes[bytes.length - 3] = (byte) 0xFF;
        Files.write(csv, bytes);
        assertThat(Cli.run("import", database, csv, "--batch", 100).code()).isEqualTo(1);
        Files.writeString(csv, "id,name\n" + rows(2, 1000));

        Ran changed = Cli.run("import", database, csv, "--resume");

        assertThat(changed.code()).isEqualTo(2);
        assertThat(changed.err()).contains("has changed since", "--restart");
        assertThat(Cli.run("import", database, csv, "--restart", "--force").out())
                .contains("979 rows into item");
        assertThat(Cli.rows(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'rillite_import'")
                        .toString())
                .isEqualTo("[[0]]");
    }

    @Test
    void resume_ofNothing_begins_andIsSafeToRepeat() throws IOException {
        Path csv = csv(40);

        assertThat(Cli.run("import", database, csv, "--resume").out()).contains("39 rows into item in ");
        assertThat(Cli.run("import", database, csv, "--resume").out()).contains("All is imported already: 39 rows");
        assertAllThereOnce(40);

        Files.writeString(csv, "id,name\n" + rows(1, 41));
        assertThat(Cli.run("import", database, csv, "--resume").err()).contains("has more records than when it was");
        assertThat(Cli.run("import", database, csv, "--force").out()).contains("40 rows into item");
    }

    @Test
    void twoProcessesAtOnce_addEveryRowOnce() throws IOException, InterruptedException {
        csv(5000);
        String[] call = {"import", "items.db", "item.csv", "--resume", "--batch", "50"};
        Process one = start(call);
        Process two = start(call);
        for (Process process : List.of(one, two)) {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        Cli.run("import", database, folder.resolve("item.csv"), "--resume");

        assertAllThereOnce(5000);
    }
}
