package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.querysets.migrate.MigrationReport.Action;
import rillite.querysets.migrate.MigrationReport.Step;
import rillite.querysets.migrate.MigrationStatus.State;

/** Files and history that do not fit together: what is told, what is refused, and what repair does. */
final class ConflictTests extends MigrationCase {

    private void migrated() {
        writeUsersAndPosts();
        await(migrations().migrate(connections()));
    }

    private MigrationConflictException conflict() {
        return error(MigrationConflictException.class, migrations().migrate(connections()));
    }

    private List<State> states() {
        return await(migrations().status(connections())).entries().stream()
                .map(MigrationStatus.Entry::state)
                .toList();
    }

    @Test
    void changedFile_isTold_withTheLines() {
        migrated();
        write(
                "0002_create_posts.up.sql",
                "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);",
                "CREATE INDEX posts_user ON posts (user_id);");
        write("0003_more.sql", "CREATE TABLE more (x);");

        MigrationConflictException error = conflict();

        assertThat(error)
                .hasMessageStartingWith(
                        "Cannot migrate the set \"app\": files and history do not fit together. Nothing was"
                                + " changed.\n- 0002_create_posts: its way up was changed after it was applied at 20")
                .hasMessageContaining("(line 1 stands where 1 line stood)")
                .hasMessageEndingWith("redo runs it again, repair accepts the text as it is.");
        assertThat(error.conflicts()).extracting(MigrationStatus.Entry::state).containsExactly(State.CHANGED);
        assertThat(states()).containsExactly(State.APPLIED, State.CHANGED, State.PENDING);
        assertThat(tables()).containsExactly("posts", "users");
    }

    @Test
    void changedFile_tellsItsNewLines() {
        migrated();
        write(
                "0002_create_posts.up.sql",
                "CREATE TABLE posts (",
                "  id INTEGER PRIMARY KEY,",
                "",
                "  -- a new one",
                "  title TEXT",
                ");",
                "CREATE INDEX posts_user ON posts (user_id);");

        MigrationStatus.Entry changed =
                await(migrations().status(connections())).conflicts().get(0);

        assertThat(changed.changedLines())
                .extracting(MigrationStatus.Line::number, MigrationStatus.Line::text)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(1, "CREATE TABLE posts ("),
                        org.assertj.core.groups.Tuple.tuple(5, "title TEXT"))
                .doesNotContain(org.assertj.core.groups.Tuple.tuple(7, "CREATE INDEX posts_user ON posts (user_id)"));
        assertThat(await(migrations().status(connections())).entries().get(0).changedLines())
                .isEmpty();
    }

    @Test
    void changedFile_ofWhichTheHistoryHasTheChecksumAlone_saysSo() {
        migrated();
        run("UPDATE rillite_migration SET checksum = substr(checksum, 1, 65) WHERE version = '0002'");

        assertThat(conflict()).hasMessageContaining("(in which lines is not known: the history has only its checksum)");
        assertThat(conflict().conflicts().get(0).changedLines()).isEmpty();
    }

    @Test
    void changedWayDown_isNoConflict() {
        migrated();
        write("0002_create_posts.down.sql", "DROP TABLE IF EXISTS posts;");

        assertThat(states()).containsOnly(State.APPLIED);
    }

    @Test
    void changedFile_mayStillBeRolledBack() {
        migrated();
        write("0002_create_posts.up.sql", "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);");

        assertThat(names(migrations().rollback(connections(), 1))).containsExactly("0002_create_posts");
    }

    @Test
    void renamedFile_isTold() {
        migrated();
        String up = await(migrations().files()).get(1).up().statements().get(0).sql();
        delete("0002_create_posts.up.sql");
        delete("0002_create_posts.down.sql");
        write("0002_posts.up.sql", up + ";", "CREATE INDEX posts_user ON posts (user_id);");

        assertThat(conflict())
                .hasMessageContaining(
                        "- 0002_posts: was applied under the name 0002_create_posts; its text is the same.");
    }

    @Test
    void numberOfTwoBranches_isTold_andNotRolledBack() {
        migrated();
        delete("0002_create_posts.up.sql");
        delete("0002_create_posts.down.sql");
        write("0002_create_tags.sql", "CREATE TABLE tags (x);", "-- down", "DROP TABLE tags;");

        assertThat(conflict())
                .hasMessageContaining("- 0002_create_tags: the number was applied as 0002_create_posts and is the file"
                        + " 0002_create_tags now: two branches took it.");
        assertThat(error(MigrationConflictException.class, migrations().rollback(connections(), 1)))
                .hasMessageStartingWith("Cannot roll back the set \"app\"");
    }

    @Test
    void numberOfTwoBranches_isNotRepaired() {
        migrated();
        delete("0002_create_posts.up.sql");
        delete("0002_create_posts.down.sql");
        write("0002_create_tags.sql", "CREATE TABLE tags (x);");

        assertThat(error(MigrationConflictException.class, migrations().repair(connections())))
                .hasMessageStartingWith("Cannot repair the set \"app\"")
                .hasMessageContaining("two branches took it");
    }

    @Test
    void redo_thatCouldNotEnd_isNotBegun() {
        migrated();
        write("0001_create_users.up.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);");

        assertThat(error(MigrationConflictException.class, migrations().redo(connections())))
                .hasMessageStartingWith("Cannot redo the set \"app\"");
        assertThat(tables()).containsExactly("posts", "users");
    }

    @Test
    void missingFile_isTold() {
        migrated();
        delete("0001_create_users.up.sql");
        delete("0001_create_users.down.sql");

        assertThat(conflict())
                .hasMessageContaining("- 0001_create_users: was applied at 20")
                .hasMessageContaining("and its file is missing. Bring it back (is an environment missing?)");
        assertThat(states()).containsExactly(State.MISSING, State.APPLIED);
        assertThat(names(migrations().rollback(connections(), 1))).containsExactly("0002_create_posts");
        assertThat(error(MigrationConflictException.class, migrations().rollback(connections(), 1)))
                .hasMessageContaining("0001_create_users");
    }

    @Test
    void newerHistory_isTold() {
        migrated();
        delete("0002_create_posts.up.sql");
        delete("0002_create_posts.down.sql");

        assertThat(conflict())
                .hasMessageContaining("- 0002_create_posts: was applied at 20")
                .hasMessageContaining(
                        "and the last file is 0001_create_users: newer code migrated this database, or environment(..) or"
                                + " set(..) was left out. Name it, run the newer code");
        assertThat(states()).containsExactly(State.APPLIED, State.NEWER);
    }

    @Test
    void fileBehindTheLast_isOutOfOrder_unlessAllowed() {
        writeUsersAndPosts();
        write("0004_late.sql", "CREATE TABLE late (x);", "-- down", "DROP TABLE late;");
        await(migrations().migrate(connections()));
        write("0003_merged.sql", "CREATE TABLE merged (x);", "-- down", "DROP TABLE merged;");

        assertThat(conflict())
                .hasMessageContaining(
                        "- 0003_merged: is not applied, and 0004_late, which comes after it, is: a branch was"
                                + " merged late. Give it the next number, or allowOutOfOrder().");
        assertThat(names(migrations().allowOutOfOrder().migrate(connections()))).containsExactly("0003_merged");
        assertThat(states()).containsOnly(State.APPLIED);
        assertThat(names(migrations().rollback(connections(), 2))).containsExactly("0004_late", "0003_merged");
    }

    @Test
    void repair_takesOverWhatChanged_andForgetsWhatIsGone() {
        writeUsersAndPosts();
        write("0003_three.sql", "CREATE TABLE three (x);");
        await(migrations().migrate(connections()));
        write("0001_create_users.up.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);");
        delete("0002_create_posts.up.sql");
        delete("0002_create_posts.down.sql");

        assertThat(await(migrations().dryRun().repair(connections())).steps()).hasSize(2);
        assertThat(states()).contains(State.CHANGED);
        assertThat(await(migrations().repair(connections())).steps())
                .extracting(Step::toString, Step::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("0001_create_users", Action.ACCEPT),
                        org.assertj.core.groups.Tuple.tuple("0002_create_posts", Action.FORGET));
        assertThat(states()).containsExactly(State.APPLIED, State.APPLIED);
        assertThat(tables()).containsExactly("posts", "three", "users");
        assertThat(await(migrations().repair(connections())).steps()).isEmpty();
    }

    @Test
    void numberWrittenInAnotherWidth_isTheSame() {
        migrated();
        for (String way : List.of("up", "down")) {
            String text = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);";
            delete("0001_create_users." + way + ".sql");
            write("00001_create_users." + way + ".sql", way.equals("up") ? text : "DROP TABLE users;");
        }

        assertThat(states()).containsOnly(State.APPLIED);
        assertThat(names(migrations().rollback(connections(), 2)))
                .containsExactly("0002_create_posts", "00001_create_users");
        assertThat(history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW rillite_migration AS SELECT 1 AS x",
                "CREATE TABLE rillite_migration (id INTEGER PRIMARY KEY)",
                "CREATE TABLE Rillite_Migration (set_name TEXT)"
            })
    void tableOfSomebodyElse_isNotTaken(String sql) {
        writeUsersAndPosts();
        run(sql);

        assertThat(error(MigrationFailedException.class, migrations().migrate(connections())))
                .hasMessageStartingWith("The history cannot be read: rillite_migration is ");
    }

    @Test
    void versionThatIsNoNumber_isTold() {
        migrated();
        run("UPDATE rillite_migration SET version = 'x' || char(10) || 'y' WHERE version = '0001'");

        assertThat(error(MigrationFailedException.class, migrations().status(connections())))
                .hasMessage("The history of the set \"app\" holds the version \"x\\u000ay\", which is no number.");
    }

    @Test
    void oneNumberTwice_isTold() {
        migrated();
        run("INSERT INTO rillite_migration SELECT set_name, '01', name, checksum, 0, 0, '' FROM rillite_migration"
                + " WHERE version = '0001'");

        assertThat(error(MigrationFailedException.class, migrations().status(connections())))
                .hasMessage("The history holds one number twice, as 0001 and as 01. Delete the row that is wrong.");
    }

    @Test
    void namesInTheHistory_cannotForgeLines() {
        migrated();
        run("UPDATE rillite_migration SET name = 'a' || char(10) || '- 0009_fine' WHERE version = '0001'");

        assertThat(conflict().getMessage().lines()).hasSize(2);
    }

    @Test
    void manyConflicts_areCut() {
        for (int i = 1; i <= 30; i++) {
            write(String.format("%04d_t.sql", i), "CREATE TABLE t" + i + " (x);");
        }
        await(migrations().migrate(connections()));
        for (int i = 1; i <= 30; i++) {
            write(String.format("%04d_t.sql", i), "CREATE TABLE u" + i + " (x);");
        }

        MigrationConflictException error = conflict();

        assertThat(error.getMessage().lines()).hasSize(22);
        assertThat(error).hasMessageEndingWith("\n- and 10 more");
        assertThat(error.conflicts()).hasSize(30);
    }
}
