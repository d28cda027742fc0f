package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.r2dbc.testing.ChildJvm;
import rillite.r2dbc.testing.Seed;

/**
 * Two processes that migrate one file at once, and processes that are killed while they migrate: each migration is applied
 * once, or not at all. {@code -Drillite.kills=1000} for the long form.
 */
final class ProcessesIT extends MigrationCase {

    private static final int KILLS = Integer.getInteger("rillite.kills", 8);
    private static final int MIGRATIONS = 30;
    private static final int ROWS = 50;

    /** Each makes a table with rows and counts itself; every third one rebuilds the counter. */
    @BeforeEach
    void folderOfMigrations() {
        write(
                "0001_counter.sql",
                "CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER);",
                "INSERT INTO counter VALUES (1, 1);",
                "-- down",
                "DROP TABLE counter;");
        for (int i = 2; i <= MIGRATIONS; i++) {
            String rebuild = "CREATE TABLE c (id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO c SELECT * FROM counter;"
                    + " DROP TABLE counter; ALTER TABLE c RENAME TO counter;";
            write(
                    String.format("%04d_step.sql", i),
                    "CREATE TABLE t" + i + " (x INTEGER PRIMARY KEY, c INTEGER REFERENCES counter ON DELETE CASCADE);",
                    "INSERT INTO t" + i + " WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < "
                            + ROWS + ") SELECT v, 1 FROM n;",
                    i % 3 == 0 ? rebuild : "",
                    "UPDATE counter SET n = n + 1;",
                    "-- down",
                    "UPDATE counter SET n = n - 1;",
                    "DROP TABLE t" + i + ";");
        }
    }

    private ChildJvm child(String way) {
        ChildJvm child = ChildJvm.start(MigratesFile.class, databaseFile().toString(), folder().toString(), way);
        assertThat(child.line()).isEqualTo("ready");
        return child;
    }

    private static List<String> done(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("done "))
                .map(line -> line.split(" ")[1])
                .toList();
    }

    /** Every applied migration is there as a whole, and nothing of any other. */
    private int checkWhole(String when) {
        List<String> tables = tables();
        int applied = history().size();
        for (int i = 2; i <= MIGRATIONS; i++) {
            assertThat(tables.contains("t" + i)).as("t%s, %s", i, when).isEqualTo(i <= applied);
        }
        assertThat(tables).as(when).hasSize(applied);
        if (applied > 0) {
            assertThat(query("SELECT n FROM counter")).as(when).containsExactly(String.valueOf(applied));
        }
        for (int i = 2; i <= applied; i++) {
            assertThat(query("SELECT count(*) FROM t" + i)).as(when).containsExactly(String.valueOf(ROWS));
        }
        assertThat(query("PRAGMA foreign_key_check")).as(when).isEmpty();
        assertThat(query("PRAGMA integrity_check")).as(when).containsExactly("ok");
        return applied;
    }

    @Test
    void twoProcesses_applyEachMigrationOnce() {
        List<String> applied = new ArrayList<>();
        try (ChildJvm one = child("up");
                ChildJvm other = child("up")) {
            one.say("go");
            other.say("go");
            applied.addAll(done(one.rest()));
            applied.addAll(done(other.rest()));

            assertThat(one.exitCode()).isZero();
            assertThat(other.exitCode()).isZero();
        }

        assertThat(applied).hasSize(MIGRATIONS).doesNotHaveDuplicates();
        assertThat(checkWhole("after both")).isEqualTo(MIGRATIONS);
    }

    @Test
    void killedProcess_leavesEachMigrationDoneOrNotBegun() {
        Seed seed = Seed.get();
        Random random = seed.random();
        AtomicInteger known = new AtomicInteger();
        boolean up = true;
        for (int kill = 1; kill <= KILLS; kill++) {
            String when = "kill " + kill + " of " + KILLS + ", " + seed;
            List<String> told = killAfter(up ? "up" : "down", random.nextInt(60));
            int applied = checkWhole(when);
            int acknowledged =
                    known.get() + (up ? done(told).size() : -done(told).size());
            assertThat(applied)
                    .as("acknowledged, or one more, %s", when)
                    .isBetween(up ? acknowledged : acknowledged - 1, up ? acknowledged + 1 : acknowledged);
            known.set(applied);
            closeDatabase();
            up = applied < MIGRATIONS && (up || applied == 0);
        }

        await(migrations().migrate(connections()));
        assertThat(checkWhole("in the end, " + seed)).isEqualTo(MIGRATIONS);
    }

    /** Lets a child run until it has told so many steps, and kills it; it may be at its end before. */
    private List<String> killAfter(String way, int lines) {
        List<String> told = new ArrayList<>();
        try (ChildJvm child = child(way)) {
            child.say("go");
            while (told.size() < lines
                    && (told.isEmpty() || !told.get(told.size() - 1).equals("end"))) {
                told.add(child.line());
            }
            child.kill();
            told.addAll(child.rest());
        }
        return told;
    }
}
