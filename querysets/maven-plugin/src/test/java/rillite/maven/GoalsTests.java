package rillite.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the goals do and say with their parameters. */
final class GoalsTests {

    @TempDir
    Path folder;

    private final MavenProject project = new MavenProject();

    @BeforeEach
    void writeMigrations() throws IOException {
        Files.createDirectories(folder.resolve("migrations/dev"));
        migration("0001_author.sql", "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, born INTEGER);");
        migration("0002_tag.sql", "CREATE TABLE tag (name TEXT);");
        migration("dev/0003_rows.sql", "INSERT INTO author (name) VALUES ('${owner}');");
    }

    private void migration(String name, String sql) throws IOException {
        Files.writeString(folder.resolve("migrations").resolve(name), sql + "\n-- down\n");
    }

    private Configured<GenerateMojo> generate() {
        return Configured.generate(folder, project);
    }

    private Configured<MigrateMojo> migrate() {
        return Configured.migrate(folder);
    }

    private String source(String name) throws IOException {
        return Files.readString(folder.resolve("sources/app/db/" + name));
    }

    @Test
    void generate_readsMigrations_andAddsTheSourcesToTheProject() throws Exception {
        List<String> said = generate().run();

        assertThat(said).singleElement().asString().startsWith("Sources of app.db: 8 written, 0 removed, 0 unchanged");
        assertThat(project.getCompileSourceRoots())
                .containsExactly(folder.resolve("sources").toString());
        assertThat(source("Author.java")).contains("@Nullable String name");
    }

    @Test
    void generate_readsADatabaseFile() throws Exception {
        migrate().with("to", "1").run();

        generate()
                .with("database", folder.resolve("data/app.db").toFile())
                .with("migrations", folder.resolve("nowhere").toFile())
                .run();

        assertThat(source("Author.java")).contains("@Nullable String name");
        assertThat(folder.resolve("sources/app/db/Tag.java")).doesNotExist();
    }

    @Test
    void generate_followsItsOptions_andWritesAgainWhenTheyChange() throws Exception {
        generate().run();
        assertThat(generate().run())
                .containsExactly("Sources of app.db are up to date: nothing they are made of has changed.");

        generate()
                .with("types", List.of("*.born = epoch-seconds"))
                .with("names", List.of("author = Writer", "author.name = penName"))
                .with("without", List.of("tag"))
                .run();

        assertThat(source("Writer.java")).contains("@Nullable String penName").contains("@Nullable Instant born");
        assertThat(folder.resolve("sources/app/db/Tag.java")).doesNotExist();
        assertThat(folder.resolve("sources/app/db/Author.java")).doesNotExist();
    }

    @Test
    void generate_skipped_writesNothing_andKeepsTheSourcesOfTheProject() throws Exception {
        assertThat(generate().with("skip", true).run()).containsExactly("Skipped: sources of app.db stay as they are.");

        assertThat(folder.resolve("sources")).doesNotExist();
        assertThat(project.getCompileSourceRoots()).hasSize(1);
    }

    @Test
    void generate_withoutAnythingToRead_saysWhatToConfigure() {
        assertThatThrownBy(() -> generate()
                        .with("migrations", folder.resolve("nowhere").toFile())
                        .run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("There is no folder of migrations")
                .hasMessageContaining("nowhere")
                .hasMessageContaining("<database>");
        assertThatThrownBy(() -> generate()
                        .with("database", folder.resolve("no.db").toFile())
                        .run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("There is no database file");
    }

    @Test
    void generate_withOptionsThatDoNotFit_saysWhatThereIs() {
        assertThatThrownBy(() ->
                        generate().with("types", List.of("author.bron = int")).run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("There is no column \"author.bron\" to read as int. Columns: author.id");
        assertThatThrownBy(() -> generate().with("packageName", "app.class").run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("no name of a package");
        assertThatThrownBy(() -> generate().with("relations", List.of("author")).run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("author.mentor_id = mentor, mentees");
    }

    @Test
    void generate_ontoAFileOfYours_failsAndKeepsIt() throws Exception {
        Files.createDirectories(folder.resolve("sources/app/db"));
        Files.writeString(folder.resolve("sources/app/db/Author.java"), "mine");

        assertThatThrownBy(() -> generate().run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("Author.java\" was not generated");
        assertThat(source("Author.java")).isEqualTo("mine");
    }

    @Test
    void migrate_makesTheFile_andSaysWhatItApplied() throws Exception {
        String database = "Database " + folder.resolve("data/app.db");

        assertThat(migrate().with("to", "0001").run()).containsExactly(database, "Applied 0001_author");
        assertThat(migrate()
                        .with("environment", "dev")
                        .with("placeholders", Map.of("owner", "Ada"))
                        .run())
                .containsExactly(database, "Applied 0002_tag", "Applied 0003_rows");
        assertThat(migrate()
                        .with("environment", "dev")
                        .with("placeholders", Map.of("owner", "Ada"))
                        .run())
                .containsExactly(database, "Nothing to do: every migration is applied.");
    }

    @Test
    void migrate_dry_printsTheSqlAndAppliesNothing() throws Exception {
        migrate().with("to", "0001").run();

        assertThat(migrate().with("dryRun", true).run()).contains("CREATE TABLE tag (name TEXT);");
        assertThat(migrate().run()).contains("Applied 0002_tag");
    }

    @Test
    void migrate_skipped_makesNoFile() throws Exception {
        migrate().with("skip", true).run();

        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void migrate_withWhatIsWrong_failsWithItsPlace() throws Exception {
        assertThatThrownBy(() -> migrate().with("environment", "dev").run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("0003_rows.sql, line 1: the placeholder ${owner} has no value");
        assertThatThrownBy(() -> migrate()
                        .with("migrations", folder.resolve("nowhere").toFile())
                        .run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("nowhere: no such folder");
        assertThatThrownBy(() -> migrate().with("to", "x").run())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("The version \"x\" is no number");
        Path text = Files.writeString(folder.resolve("text.db"), "no database, but a text that is long enough for one");
        assertThatThrownBy(() -> migrate().with("database", text.toFile()).run())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("not a database");
    }
}
