package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.schema.Schema;

/** Whatever a file calls its tables, the sources compile, and are what they should be and nothing else. */
final class HostileSchemaTests {

    @TempDir
    Path directory;

    private static final CodegenOptions OPTIONS = CodegenOptions.of("app.db");

    /** Compiles what is generated, and finds every table and column in it under its name. */
    private void assertWhole(Path file) throws IOException {
        Schema schema = Sample.schema(file);
        GeneratedSources sources = Codegen.generate(schema, OPTIONS);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        Shapes shapes = new Shapes(schema, OPTIONS);

        try (Compiled compiled = Compiled.of(classes, sources);
                Stream<Path> compiledFiles = Files.list(classes.resolve("app/db"))) {
            assertThat(compiledFiles).hasSize(sources.files().size());
            for (TableShape shape : shapes.tables()) {
                Class<?> type = compiled.load(shape.names().table().reflectionName());
                Object root = type.getField(shape.names().constant()).get(null);
                assertThat(root).hasToString(shape.table().name());
                List<String> columns = Arrays.stream(type.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(field -> value(field, root))
                        .toList();
                assertThat(columns)
                        .containsExactlyElementsOf(shape.table().visibleColumns().stream()
                                .map(column -> "Key[path=" + column.name() + "]")
                                .toList());
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String value(java.lang.reflect.Field field, Object of) {
        try {
            return String.valueOf(field.get(of));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @RepeatedTest(8)
    void anyNames_compileAndInjectNothing() throws IOException {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        String script = new HostileSchema(new Random(seed)).script();
        try {
            assertWhole(Sample.ofScript(directory, script));
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + "\n" + script, e);
        }
    }

    @Test
    void manyColumns_areBoxedUpToWhatARecordCanHave_andLeftOutBeyond() throws IOException {
        Path file = Sample.ofScript(
                directory,
                "CREATE TABLE wide (" + columns(200, "INTEGER NOT NULL") + ");"
                        + "CREATE TABLE widest (" + columns(254, "REAL NOT NULL") + ");"
                        + "CREATE TABLE too_wide (" + columns(255, "INTEGER") + ");");

        assertWhole(file);
        assertThat(Sample.generate(file, OPTIONS).notes())
                .containsExactly("\"too_wide\" is left out: a record of Java has at most 254 components, and it has 255"
                        + " columns.");
    }

    private static String columns(int count, String type) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i + " " + type).collect(Collectors.joining(", "));
    }

    @Test
    void manyRelations_areLeftOutOfTheRecordOnly() throws IOException {
        String children = IntStream.range(0, 300)
                .mapToObj(i -> "CREATE TABLE child" + i + " (hub_id INTEGER REFERENCES hub);")
                .collect(Collectors.joining());
        Path file = Sample.ofScript(directory, "CREATE TABLE hub (id INTEGER PRIMARY KEY, name TEXT);" + children);

        assertWhole(file);
        assertThat(Sample.generate(file, OPTIONS).notes())
                .containsExactly(
                        "The record of \"hub\" has no components for 48 of its relations: there are too many.");
    }

    @Test
    void namesThatNobodyGave_areLeftOut() throws IOException {
        Path file = Sample.ofScript(
                directory,
                "CREATE TABLE \"" + "t".repeat(70_000) + "\" (id INTEGER);" + "CREATE TABLE c (\"" + "c".repeat(1001)
                        + "\" TEXT); CREATE TABLE \"" + "l".repeat(1000) + "\" (\"" + "c".repeat(999) + "\" TEXT);");

        assertWhole(file);
        assertThat(Sample.generate(file, OPTIONS).notes()).hasSize(2).allMatch(note -> note.length() < 200);
    }

    @Test
    void tablesThatCannotBeRead_areLeftOutWithTheReason() throws IOException {
        Path file = Sample.ofScript(
                directory,
                "CREATE TABLE t (id INTEGER); CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t RENAME TO u;"
                        + " PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE VIEW v AS SELECT * FROM gone'"
                        + " WHERE name = 'v'");

        assertWhole(file);
        assertThat(Sample.generate(file, OPTIONS).notes())
                .singleElement()
                .asString()
                .startsWith("\"v\" is left out: its columns could not be read: ");
    }
}
