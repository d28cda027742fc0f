package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.Database;
import rillite.querysets.migrate.MigrationConflictException;
import rillite.querysets.migrate.MigrationProgress;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.MigrationScript;
import rillite.querysets.migrate.MigrationStatus;
import rillite.querysets.migrate.MigrationTestReport;
import rillite.querysets.migrate.MigrationTester;
import rillite.querysets.migrate.Migrations;

/** guides/migrations.md and reference/migrations.md */
final class MigrationsTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String FILES = "docs/snippets/src/test/resources/migrations/";
    private static final Pattern SQL = Pattern.compile("<!-- file: ([\\w./]+) -->\\n```sql\\n(.*?)```", Pattern.DOTALL);
    private static final String GUIDE = Pages.text("guides/migrations.md");
    private static final String REFERENCE = Pages.text("reference/migrations.md");

    private Path folder;
    private Path file;
    private Database db;
    private final List<String> shown = new ArrayList<>();

    @BeforeEach
    void copyTheFiles(@TempDir Path directory) throws IOException {
        folder = Files.createDirectories(directory.resolve("migrations"));
        file = directory.resolve("shop.db");
        Path source = Pages.file(FILES);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path from : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(source.relativize(from).toString());
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        }
        db = Database.open(file).block(LIMIT);
    }

    @AfterEach
    void close() {
        db.close().block(LIMIT);
    }

    private void migrate() {
        Migrations.of(folder).migrate(db).block(LIMIT);
    }

    @Test
    void start_migratesBeforeItServes() {
        db.close().block(LIMIT);
        // tag::start[]
        Migrations migrations = Migrations.of(folder);

        Mono<Database> ready =
                Database.open(file).flatMap(db -> migrations.migrate(db).thenReturn(db));
        // end::start[]

        db = ready.block(LIMIT);
        assertThat(db.objects("book").count().block(LIMIT)).isZero();
    }

    @Test
    void status_tellsWhatIsApplied() {
        Migrations.of(folder).migrate(db, "0002").block(LIMIT);

        // tag::status[]
        Flux<String> lines = Migrations.of(folder)
                .status(db)
                .flatMapIterable(MigrationStatus::entries)
                .map(entry -> entry.state() + " " + entry);
        // end::status[]

        StepVerifier.create(lines)
                .expectNext("APPLIED 0001_create_author", "APPLIED 0002_create_book")
                .expectNext("PENDING 0004_author_name_not_null", "PENDING 0005_compact")
                .verifyComplete();
    }

    @Test
    void back_isAVerb() {
        migrate();
        Migrations migrations = Migrations.of(folder);

        // tag::back[]
        Mono<MigrationReport> last = migrations.rollback(db, 1); // the last one
        Mono<MigrationReport> some = migrations.rollbackTo(db, "0002"); // all behind 0002
        Mono<MigrationReport> again = migrations.redo(db); // the last one, back and up again
        // end::back[]

        assertThat(last.block(LIMIT).names()).containsExactly("0005_compact");
        assertThat(some.block(LIMIT).names()).containsExactly("0004_author_name_not_null");
        assertThat(again.block(LIMIT).names()).containsExactly("0002_create_book", "0002_create_book");
    }

    @Test
    void dryRun_givesTheSql() {
        // tag::dryRun[]
        Mono<String> sql = Migrations.of(folder).dryRun().migrate(db, "0001").map(MigrationReport::toSql);
        // end::dryRun[]

        StepVerifier.create(sql)
                .expectNext("-- 0001_create_author: APPLY\nBEGIN IMMEDIATE;\nCREATE TABLE author (\n"
                        + "  id INTEGER PRIMARY KEY,\n  name TEXT\n);\nCOMMIT;\n")
                .verifyComplete();
    }

    @Test
    void rebuild_keepsTheBooks() {
        Migrations migrations = Migrations.of(folder);
        migrations.migrate(db, "0002").block(LIMIT);
        db.sql("INSERT INTO author (id) VALUES (1)").execute().block(LIMIT);
        db.sql("INSERT INTO book (title, author_id) VALUES ('Kindred', 1)")
                .execute()
                .block(LIMIT);

        migrations.migrate(db).block(LIMIT);

        assertThat(db.objects("book").filter("author__name", "unknown").count().block(LIMIT))
                .isEqualTo(1);
    }

    @Test
    void baseline_isForDatabasesThatExist() {
        db.sql("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT)")
                .execute()
                .block(LIMIT);

        // tag::baseline[]
        Mono<MigrationReport> adopted = Migrations.of(folder)
                .baseline(db, "0001") // the database has what 0001 makes
                .then(Migrations.of(folder).migrate(db));
        // end::baseline[]

        assertThat(adopted.block(LIMIT).names()).startsWith("0002_create_book");
    }

    @Test
    void environment_addsAFolder() {
        // tag::environment[]
        Mono<MigrationReport> migrated = Migrations.of(folder)
                .environment("dev")
                .placeholder("owner", "Octavia")
                .migrate(db);
        // end::environment[]

        assertThat(migrated.block(LIMIT).names()).contains("0003_sample_rows");
        assertThat(db.objects("author").filter("name", "Octavia").count().block(LIMIT))
                .isEqualTo(1);
    }

    @Test
    void sets_shareAFile() {
        // tag::sets[]
        Migrations tags = Migrations.ofFiles(Map.of("0001_tags.sql", "CREATE TABLE tag (name TEXT); -- ..."))
                .set("tags");
        Migrations jar = Migrations.ofResources(getClass().getClassLoader(), "migrations");

        Mono<Void> both = jar.migrate(db).then(tags.migrate(db)).then();
        // end::sets[]

        StepVerifier.create(both).verifyComplete();
        assertThat(db.objects("rillite_migration")
                        .filter("set_name", "tags")
                        .count()
                        .block(LIMIT))
                .isEqualTo(1);
    }

    @Test
    void conflict_isToldBeforeAnythingRuns() throws IOException {
        migrate();
        Files.writeString(folder.resolve("0001_create_author.up.sql"), "CREATE TABLE author (id TEXT);");

        // tag::conflict[]
        Mono<MigrationReport> migrated = Migrations.of(folder)
                .migrate(db)
                .doOnError(
                        MigrationConflictException.class,
                        error -> error.conflicts()
                                .forEach(entry -> show(entry + " " + entry.state() + ": " + entry.note())));
        // end::conflict[]

        StepVerifier.create(migrated).verifyError(MigrationConflictException.class);
        assertThat(shown).singleElement().asString().startsWith("0001_create_author CHANGED: its way up was changed");
    }

    private void show(String line) {
        shown.add(line);
    }

    @Test
    void progress_isAFlux() {
        // tag::progress[]
        Flux<MigrationProgress> progress = Migrations.of(folder)
                .progress(all -> all.migrate(db))
                .doOnNext(now -> show(now.migration() + " of " + now.migrations() + ": " + now.name()));
        // end::progress[]

        assertThat(progress.collectList().block(LIMIT)).isNotEmpty();
        assertThat(shown).startsWith("1 of 4: create_author");
    }

    @Test
    void tester_findsLosses() {
        // tag::tester[]
        MigrationTestReport report = MigrationTester.of(Migrations.of(folder))
                .seed("0001", "INSERT INTO author VALUES (1, 'Ada')")
                .seed("0002", "INSERT INTO book VALUES (1, 'Notes', 1)")
                .run()
                .block(Duration.ofMinutes(1));

        report.assertNothingLost();
        // end::tester[]

        assertThat(report.irreversible()).isEmpty();
        assertThat(report.migrations()).isEqualTo(4);
    }

    @Test
    void sqlBlocks_areTheFilesOfTheTest() {
        TreeSet<String> names = new TreeSet<>();
        for (MatchResult block : SQL.matcher(GUIDE).results().toList()) {
            names.add(block.group(1));
            assertThat(block.group(2)).as(block.group(1)).isEqualTo(Pages.source(FILES + block.group(1)));
        }

        assertThat(names).hasSize(6);
        assertThat(GUIDE.split("```sql")).hasSize(names.size() + 1);
    }

    @Test
    void reference_knowsEveryVerbAndConstant() {
        Arrays.stream(Migrations.class.getMethods())
                .filter(method -> method.getDeclaringClass() == Migrations.class)
                .map(java.lang.reflect.Method::getName)
                .filter(name -> !name.equals("toString"))
                .distinct()
                .forEach(name -> assertThat(REFERENCE).contains("`" + name + "("));
        Stream.<Enum<?>[]>of(
                        MigrationStatus.State.values(),
                        MigrationReport.Action.values(),
                        MigrationScript.Mode.values(),
                        MigrationTestReport.Step.values())
                .flatMap(Arrays::stream)
                .forEach(constant -> assertThat(REFERENCE).contains("`" + constant.name() + "`"));
    }
}
