package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.migrate.MigrationReport.Action;
import rillite.querysets.migrate.MigrationReport.Step;
import rillite.querysets.migrate.MigrationStatus.State;
import rillite.r2dbc.SqliteConnectionFactory;

/** The verbs, on a folder and a file. */
final class MigrateTests extends MigrationCase {

    private List<State> states() {
        return await(migrations().status(connections())).entries().stream()
                .map(MigrationStatus.Entry::state)
                .toList();
    }

    @Test
    void migrate_appliesWhatIsNotApplied_inOrder() {
        writeUsersAndPosts();

        MigrationReport report = await(migrations().migrate(connections()));

        assertThat(report.set()).isEqualTo("app");
        assertThat(report.dryRun()).isFalse();
        assertThat(report.steps())
                .extracting(Step::toString, Step::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("0001_create_users", Action.APPLY),
                        org.assertj.core.groups.Tuple.tuple("0002_create_posts", Action.APPLY));
        assertThat(tables()).containsExactly("posts", "users");
        assertThat(history()).containsExactly("app:0001_create_users", "app:0002_create_posts");
    }

    @Test
    void migrate_again_doesNothing() {
        writeUsersAndPosts();
        await(migrations().migrate(connections()));

        assertThat(names(migrations().migrate(connections()))).isEmpty();

        write("0003_more.up.sql", "CREATE TABLE more (x);");
        assertThat(names(migrations().migrate(connections()))).containsExactly("0003_more");
    }

    @Test
    void history_holdsWhatHappened() {
        writeUsersAndPosts();
        Instant before = Instant.now().minusMillis(1);
        await(migrations().migrate(connections()));

        AppliedMigration applied =
                await(migrations().status(connections())).applied().get(0);

        assertThat(applied.version()).isEqualTo("0001");
        assertThat(applied.name()).isEqualTo("create_users");
        assertThat(applied.checksum())
                .isEqualTo(await(migrations().files()).get(0).checksum());
        assertThat(applied.appliedAt()).isBetween(before, Instant.now());
        assertThat(applied.duration()).isBetween(Duration.ZERO, PATIENCE);
        assertThat(query("SELECT sql FROM sqlite_schema WHERE name = 'rillite_migration'"))
                .containsExactly(
                        "CREATE TABLE rillite_migration (set_name TEXT, version TEXT, name TEXT, checksum TEXT,"
                                + " applied_at INTEGER, duration_ms INTEGER, rillite_version TEXT, PRIMARY KEY (set_name, version))"
                                + " STRICT");
    }

    @Test
    void migrate_upToANumber_leavesTheRest() {
        writeUsersAndPosts();

        assertThat(names(migrations().migrate(connections(), "1"))).containsExactly("0001_create_users");

        assertThat(states()).containsExactly(State.APPLIED, State.PENDING);
        assertThat(error(InvalidMigrationException.class, migrations().migrate(connections(), "9")))
                .hasMessage("No migration of the set \"app\" has the number 9. They go from 0001_create_users to"
                        + " 0002_create_posts.");
    }

    @Test
    void rollback_undoesTheLastOnes_lastFirst() {
        writeUsersAndPosts();
        await(migrations().migrate(connections()));

        assertThat(names(migrations().rollback(connections(), 1))).containsExactly("0002_create_posts");
        assertThat(tables()).containsExactly("users");
        assertThat(history()).containsExactly("app:0001_create_users");

        await(migrations().migrate(connections()));
        assertThat(names(migrations().rollback(connections(), 5)))
                .containsExactly("0002_create_posts", "0001_create_users");
        assertThat(tables()).isEmpty();
        assertThat(names(migrations().rollback(connections(), 1))).isEmpty();
    }

    @Test
    void rollbackTo_keepsTheMigrationItself_andZeroKeepsNone() {
        writeUsersAndPosts();
        await(migrations().migrate(connections()));

        assertThat(names(migrations().rollbackTo(connections(), "0001"))).containsExactly("0002_create_posts");
        assertThat(names(migrations().rollbackTo(connections(), "0"))).containsExactly("0001_create_users");
        assertThat(history()).isEmpty();
    }

    @Test
    void rollback_withoutAWayDown_undoesNothing() {
        writeUsersAndPosts();
        delete("0001_create_users.down.sql");
        await(migrations().migrate(connections()));

        assertThat(error(InvalidMigrationException.class, migrations().rollback(connections(), 2)))
                .hasMessageEndingWith(
                        "0001_create_users.up.sql: cannot be rolled back: it has no way down. Write"
                                + " 0001_create_users.down.sql; an empty one with a comment says that there is nothing to undo.");
        assertThat(tables()).containsExactly("posts", "users");

        write("0001_create_users.down.sql", "-- nothing");
        assertThat(names(migrations().rollback(connections(), 2))).hasSize(2);
    }

    @Test
    void redo_runsTheLastOneAgain_alsoAfterAChange() {
        writeUsersAndPosts();
        await(migrations().migrate(connections()));
        write("0002_create_posts.up.sql", "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);");

        MigrationReport report = await(migrations().redo(connections()));

        assertThat(report.steps()).extracting(Step::action).containsExactly(Action.ROLL_BACK, Action.APPLY);
        assertThat(query("SELECT name FROM pragma_table_info('posts')")).containsExactly("id", "title");
        assertThat(await(migrations().status(connections())).isUpToDate()).isTrue();
    }

    @Test
    void redo_ofNothing_doesNothing() {
        writeUsersAndPosts();

        assertThat(names(migrations().redo(connections()))).isEmpty();
    }

    @Test
    void dryRun_tellsTheSqlAndWritesNothing() {
        writeUsersAndPosts();

        MigrationReport report = await(migrations().dryRun().migrate(connections()));

        assertThat(report.dryRun()).isTrue();
        assertThat(report.toSql())
                .isEqualTo("-- 0001_create_users: APPLY\n"
                        + "BEGIN IMMEDIATE;\n"
                        + "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
                        + "COMMIT;\n"
                        + "-- 0002_create_posts: APPLY\n"
                        + "BEGIN IMMEDIATE;\n"
                        + "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users ON DELETE CASCADE);\n"
                        + "CREATE INDEX posts_user ON posts (user_id);\n"
                        + "COMMIT;\n");
        assertThat(query("SELECT name FROM sqlite_schema")).isEmpty();

        await(migrations().migrate(connections()));
        assertThat(await(migrations().dryRun().rollback(connections(), 1)).toSql())
                .isEqualTo(
                        "-- 0002_create_posts: ROLL_BACK\nPRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\nDROP TABLE posts;\n"
                                + "PRAGMA foreign_key_check;\nCOMMIT;\nPRAGMA foreign_keys = ON;\n");
        assertThat(tables()).containsExactly("posts", "users");
    }

    @Test
    void baseline_runsNothing_andNeedsAnEmptyHistory() {
        writeUsersAndPosts();
        run("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");

        assertThat(error(MigrationFailedException.class, migrations().migrate(connections())))
                .hasMessageContaining("table users already exists")
                .hasMessageContaining("call baseline(..) first");
        assertThat(await(migrations().baseline(connections(), "0001")).steps())
                .extracting(Step::action)
                .containsExactly(Action.BASELINE);
        assertThat(names(migrations().migrate(connections()))).containsExactly("0002_create_posts");
        assertThat(error(InvalidMigrationException.class, migrations().baseline(connections(), "2")))
                .hasMessageStartingWith(
                        "Cannot baseline the set \"app\": its history begins with 0001_create_users already.");
    }

    @Test
    void sets_shareADatabase_eachWithItsNumbers() {
        writeUsersAndPosts();
        Migrations auth = Migrations.ofFiles(java.util.Map.of(
                        "0001_auth.sql", "CREATE TABLE auth_user (id TEXT);\n-- down\nDROP TABLE auth_user;"))
                .set("rillite-auth");

        await(migrations().migrate(connections()));
        await(auth.migrate(connections()));

        assertThat(history())
                .containsExactly("app:0001_create_users", "app:0002_create_posts", "rillite-auth:0001_auth");
        assertThat(names(auth.rollback(connections(), 9))).containsExactly("0001_auth");
        assertThat(tables()).containsExactly("posts", "users");
    }

    @Test
    void database_knowsTheNewSchema() {
        writeUsersAndPosts();
        Database db = await(Database.open(databaseFile()));
        try {
            assertThat(names(migrations().migrate(db))).hasSize(2);
            assertThat(db.schema().find("posts")).isPresent();
            assertThat(Objects.requireNonNull(db.objects("users").count().block(PATIENCE)))
                    .isZero();

            await(migrations().rollback(db, 1));
            assertThat(db.schema().find("posts")).isEmpty();
            assertThat(await(migrations().status(db)).pending()).hasSize(1);
        } finally {
            db.close().block(PATIENCE);
        }
    }

    @Test
    void emptyFolder_isABeginning() throws java.io.IOException {
        java.nio.file.Files.createDirectories(folder());

        assertThat(names(migrations().migrate(connections()))).isEmpty();
        assertThat(await(migrations().status(connections())).isUpToDate()).isTrue();
    }

    @Test
    void verbs_insideOfATransaction_areRefusedAtOnce() {
        writeUsersAndPosts();
        Database db = await(Database.over(connections()));
        List<Function<Database, Mono<MigrationReport>>> verbs = List.of(
                migrations()::migrate,
                database -> migrations().migrate(database, "1"),
                database -> migrations().rollback(database, 1),
                database -> migrations().rollbackTo(database, "0"),
                migrations()::redo,
                migrations()::repair,
                database -> migrations().baseline(database, "1"));

        for (Function<Database, Mono<MigrationReport>> verb : verbs) {
            assertThat(error(
                            InvalidMigrationException.class,
                            db.inTransaction(transaction -> verb.apply(db)).then()))
                    .hasMessageContaining("inside of a transaction: each migration is a transaction of its own");
            assertThat(error(
                            InvalidMigrationException.class,
                            db.inTransaction(transaction -> verb.apply(transaction.database()))
                                    .then()))
                    .hasMessageContaining("Call it before that transaction or after it.");
        }
        assertThat(tables()).isEmpty();
    }

    @Test
    void readers_insideOfATransaction_areNotRefused() {
        writeUsersAndPosts();
        Database db = await(Database.over(connections()));

        assertThat(await(db.inTransaction(transaction -> migrations()
                                        .status(db)
                                        .zipWith(migrations().dryRun().migrate(db)))
                                .single())
                        .getT2()
                        .names())
                .hasSize(2);
        assertThat(await(db.inTransaction(transaction -> Mono.just(1))
                                .then(migrations().migrate(db)))
                        .names())
                .hasSize(2);
    }

    @Test
    void migrate_insideOfATransactionOnAnotherFile_isNotRefused() {
        writeUsersAndPosts();
        SqliteConnectionFactory other =
                SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + directory.resolve("other.db"));
        try {
            Database elsewhere = await(Database.over(other));

            assertThat(await(elsewhere
                                    .inTransaction(transaction -> migrations().migrate(connections()))
                                    .single())
                            .names())
                    .hasSize(2);
        } finally {
            close(other);
        }
    }
}
