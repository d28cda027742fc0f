package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import rillite.r2dbc.SqliteConnectionFactory;

/** How migrations run: transactions, foreign keys, locks, cancel, progress. */
final class RunTests extends MigrationCase {

    private static final String BOOKS = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);"
            + " CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author ON DELETE CASCADE);";
    private static final String ROWS =
            "INSERT INTO author VALUES (1, 'Ada');" + " INSERT INTO book VALUES (1, 1), (2, 1);";
    private static final String REBUILD = "CREATE TABLE author_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
            + "INSERT INTO author_new SELECT * FROM author;\nDROP TABLE author;\nALTER TABLE author_new RENAME TO author;";
    private static final String SLOW =
            "INSERT INTO slow WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE"
                    + " x < 100000000) SELECT max(x) FROM n;";

    private void assertForeignKeysOn() {
        assertThat(error(R2dbcException.class, Mono.fromRunnable(() -> run("INSERT INTO book VALUES (99, 99)"))))
                .isNotNull();
    }

    @Test
    void failedStatement_isTold_andItsMigrationRolledBack() {
        writeUsersAndPosts();
        write("0003_broken.up.sql", "CREATE TABLE three (x);", "", "INSERT INTO nowhere VALUES (1);");

        MigrationFailedException error =
                error(MigrationFailedException.class, migrations().migrate(connections()));

        assertThat(error)
                .hasMessageStartingWith(folder().resolve("0003_broken.up.sql") + ", line 3: [")
                .hasMessageContaining("no such table: nowhere")
                .hasMessageEndingWith(" The migration was rolled back.")
                .hasCauseInstanceOf(R2dbcException.class);
        assertThat(error.migration()).isEqualTo("0003_broken");
        assertThat(error.line()).isEqualTo(3);
        assertThat(tables()).containsExactly("posts", "users");
        assertThat(history()).containsExactly("app:0001_create_users", "app:0002_create_posts");
    }

    @Test
    void triggersAndStrings_runAsTheyAreWritten() {
        write(
                "0001_a.sql",
                "CREATE TABLE log (x); CREATE TABLE t (x);",
                "CREATE TRIGGER g AFTER INSERT ON t BEGIN",
                "  INSERT INTO log VALUES ('; --' || new.x);",
                "  INSERT INTO log SELECT CASE WHEN 1 THEN 'END' END;",
                "END;",
                "INSERT INTO t VALUES ('a;b');",
                "SELECT * FROM log; -- rows of a query are dropped");

        await(migrations().migrate(connections()));

        assertThat(query("SELECT x FROM log")).containsExactly("; --a;b", "END");
    }

    @Test
    void droppedTable_doesNotTakeTheRowsAlongThatReferenceIt() {
        write("0001_books.sql", BOOKS, ROWS);
        write("0002_name_is_needed.sql", REBUILD);

        await(migrations().migrate(connections()));

        assertThat(query("SELECT count(*) FROM book")).containsExactly("2");
        assertThat(query("SELECT \"notnull\" FROM pragma_table_info('author') WHERE name = 'name'"))
                .containsExactly("1");
        assertForeignKeysOn();
    }

    @Test
    void foreignKeysOn_bySaySo_cascade() {
        write("0001_books.sql", BOOKS, ROWS);
        write("0002_drop.sql", "-- rillite: foreign-keys on", REBUILD);

        await(migrations().migrate(connections()));

        assertThat(query("SELECT count(*) FROM book")).containsExactly("0");
    }

    @Test
    void rowsWithoutParent_areFoundBeforeTheCommit() {
        write("0001_books.sql", BOOKS, ROWS);
        write("0002_lossy.sql", REBUILD.replace("SELECT * FROM author", "SELECT * FROM author WHERE id > 1"));

        MigrationFailedException error =
                error(MigrationFailedException.class, migrations().migrate(connections()));

        assertThat(error)
                .hasMessageStartingWith("0002_lossy was rolled back at its end. [FOREIGN_KEYS_BROKEN]")
                .hasMessageContaining("\"book\" rowid 1 references \"author\"")
                .hasMessageNotContaining("before this migration");
        assertThat(query("SELECT count(*) FROM author")).containsExactly("1");
        assertForeignKeysOn();
    }

    @Test
    void rowsThatHadNoParentBefore_areToldApart() {
        write("0001_books.sql", BOOKS, ROWS);
        await(migrations().migrate(connections()));
        SqliteConnectionFactory careless =
                SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + databaseFile() + "?foreignKeys=false");
        closeDatabase();
        run(careless, "INSERT INTO book VALUES (7, 7), (8, 8)");
        close(careless);
        write("0002_name_is_needed.sql", REBUILD);

        assertThat(error(MigrationFailedException.class, migrations().migrate(connections())))
                .hasMessageEndingWith(
                        "Rows without their parent before this migration: 2, see PRAGMA foreign_key_check. Put"
                                + " them right first.");
    }

    @Test
    void withoutATransaction_statementsRunAlone() {
        write("0001_t.sql", "CREATE TABLE t (x);");
        write("0002_compact.sql", "-- rillite: no-transaction", "PRAGMA auto_vacuum = FULL;", "VACUUM;");

        assertThat(names(migrations().migrate(connections()))).containsExactly("0001_t", "0002_compact");

        closeDatabase();
        assertThat(query("PRAGMA auto_vacuum")).containsExactly("1");
        assertThat(history()).hasSize(2);
    }

    @Test
    void failureWithoutATransaction_saysThatWhatRanStays() {
        write("0001_a.sql", "-- rillite: no-transaction", "ANALYZE;", "REINDEX nothing;");

        assertThat(error(MigrationFailedException.class, migrations().migrate(connections())))
                .hasMessageContaining("line 3: ")
                .hasMessageEndingWith("What ran before it stays.");
        assertThat(history()).isEmpty();
    }

    @Test
    void pragmaOfTheFile_belongsToTheTransaction() {
        write("0001_a.sql", "PRAGMA user_version = 7;", "CREATE TABLE t (x);", "SELECT nonsense;");

        error(MigrationFailedException.class, migrations().migrate(connections()));

        assertThat(query("PRAGMA user_version")).containsExactly("0");
    }

    @Test
    void manySubscribers_applyEachMigrationOnce() {
        for (int i = 1; i <= 20; i++) {
            write(String.format("%04d_t.sql", i), "CREATE TABLE t" + i + " (x); INSERT INTO t" + i + " VALUES (1);");
        }

        List<String> applied = Flux.range(0, 8)
                .flatMap(i -> migrations()
                        .migrate(connections())
                        .subscribeOn(Schedulers.parallel())
                        .flatMapIterable(MigrationReport::names))
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();

        assertThat(applied).hasSize(20).doesNotHaveDuplicates();
        assertThat(query("SELECT count(*) FROM t13")).containsExactly("1");
    }

    @Test
    void rollbacksAtOnce_undoTheSameOne() {
        writeUsersAndPosts();
        Migrations migrations = migrations();
        await(migrations.migrate(connections()));

        MigrationStatus seen = await(migrations.status(connections()));
        Planned last = Plans.back(seen, 1).get(0);
        await(migrations.rollback(connections(), 1));
        MigrationStatus now = await(migrations.status(connections()));

        assertThat(Plans.isDue(last, now, false)).isFalse();
    }

    @Test
    void lockOfOthers_isWaitedFor_andThenTold() throws Exception {
        writeUsersAndPosts();
        run("CREATE TABLE x (y)");
        Connection other = await(Mono.from(connections().create()));
        Mono.from(other.beginTransaction()).block(PATIENCE);

        assertThat(error(
                        MigrationLockedException.class,
                        migrations().lockWait(Duration.ofMillis(200)).migrate(connections())))
                .hasMessageStartingWith(
                        "0001_create_users was not begun: somebody else wrote for longer than lockWait");
        assertThat(await(migrations().status(connections())).pending()).hasSize(2);

        var waiting = migrations().migrate(connections()).toFuture();
        Mono.from(other.rollbackTransaction()).block(PATIENCE);
        assertThat(waiting.get(20, TimeUnit.SECONDS).names()).hasSize(2);
        Mono.from(other.close()).block(PATIENCE);
    }

    @Test
    void cancel_rollsTheRunningMigrationBack() throws InterruptedException {
        writeUsersAndPosts();
        write("0003_slow.sql", "CREATE TABLE slow (x);", SLOW);
        CountDownLatch inside = new CountDownLatch(1);

        Disposable running = migrations()
                .progress(all -> all.migrate(connections()))
                .filter(progress -> progress.version().equals("0003") && progress.statement() == 1)
                .subscribe(progress -> inside.countDown());
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        running.dispose();
        close(connections());
        closeDatabase();

        assertThat(tables()).containsExactly("posts", "users");
        assertThat(history()).hasSize(2);
    }

    @Test
    void progress_tellsEachMigrationAndStatement() {
        writeUsersAndPosts();

        StepVerifier.create(migrations()
                        .progress(all -> all.migrate(connections()))
                        .map(told -> told.version() + " " + told.migration() + "/" + told.migrations() + " "
                                + told.statement() + "/" + told.statements() + (told.committed() ? " done" : "")))
                .expectNext("0001 1/2 0/1", "0001 1/2 1/1", "0001 1/2 1/1 done")
                .expectNext("0002 2/2 0/2", "0002 2/2 1/2", "0002 2/2 2/2", "0002 2/2 2/2 done")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void progress_passesErrorsOn() {
        write("0001_a.sql", "SELECT nonsense;");

        StepVerifier.create(migrations().progress(all -> all.migrate(connections())))
                .expectNextCount(1)
                .expectError(MigrationFailedException.class)
                .verify(PATIENCE);
        StepVerifier.create(migrations().progress(all -> all.rollback(connections(), 0)))
                .expectError(InvalidMigrationException.class)
                .verify(PATIENCE);
    }

    @Test
    void slowSubscriber_isToldTheMilestones() {
        write("0001_a.sql", "CREATE TABLE t (x);" + "INSERT INTO t VALUES (1);".repeat(500));

        StepVerifier.create(migrations().progress(all -> all.migrate(connections())), 0)
                .expectSubscription()
                .then(() -> Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> history().size() == 1))
                .thenRequest(Long.MAX_VALUE)
                .expectNextMatches(told -> told.statement() == 0)
                .expectNextMatches(MigrationProgress::committed)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void readOnlyDatabase_thatIsUpToDate_isFine() {
        writeUsersAndPosts();
        await(migrations().migrate(connections()));
        closeDatabase();
        SqliteConnectionFactory reading =
                SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + databaseFile() + "?mode=RO");

        assertThat(names(migrations().migrate(reading))).isEmpty();

        write("0003_more.sql", "CREATE TABLE more (x);");
        assertThat(error(MigrationFailedException.class, migrations().migrate(reading)))
                .hasMessageContaining("0003_more.sql, line 1: [READ_ONLY]");
        close(reading);
    }

    @Test
    void statementTimeout_isForQueries_notForMigrations() {
        SqliteConnectionFactory hasty =
                SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + databaseFile() + "?statementTimeout=PT0.05S");
        Migrations slow = Migrations.ofFiles(
                Map.of("0001_a.sql", "CREATE TABLE slow (x); " + SLOW.replace("100000000", "3000000")));

        assertThat(names(slow.migrate(hasty))).hasSize(1);
        close(hasty);
    }

    @Test
    void memoryDatabase_isMigratedToo() {
        SqliteConnectionFactory memory = SqliteConnectionFactory.fromUrl("r2dbc:sqlite:mem:///migrated");
        write("0001_books.sql", BOOKS, ROWS);
        write("0002_name_is_needed.sql", REBUILD);

        assertThat(names(migrations().migrate(memory))).hasSize(2);
        assertThat(query(memory, "SELECT count(*) FROM book")).containsExactly("2");
        close(memory);
    }
}
