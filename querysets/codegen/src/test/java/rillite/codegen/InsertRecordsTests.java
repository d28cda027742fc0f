package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.Database;
import rillite.querysets.Fields;

/** Records to insert ask for what the table insists on, and leave the rest to it. */
final class InsertRecordsTests {

    private static final String ITEM = """
            CREATE TABLE item (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                state TEXT NOT NULL DEFAULT 'new',
                note TEXT,
                price INTEGER NOT NULL,
                total INTEGER GENERATED ALWAYS AS (price * 2) STORED,
                shout TEXT AS (upper(name))
            );
            """;

    @TempDir
    Path directory;

    /** The constructor that users call. */
    private static List<Class<?>> needed(Class<?> record) {
        return Arrays.stream(record.getConstructors())
                .map(Constructor::getParameterTypes)
                .filter(types -> !Arrays.equals(types, new Class<?>[] {Fields.class}))
                .map(List::of)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> optional(Class<?> record) {
        return Arrays.stream(record.getDeclaredMethods())
                .filter(method -> method.getReturnType().equals(record))
                .map(Method::getName)
                .toList();
    }

    @Test
    void constructor_takesWhatHasNoDefault_methodsTheRest_andNothingTakesGeneratedColumns() throws Exception {
        Path file = Sample.ofScript(
                directory,
                ITEM + "CREATE TABLE setting (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID;"
                        + "CREATE TABLE empty (id INTEGER PRIMARY KEY);"
                        + "CREATE VIEW names AS SELECT name FROM item;");
        GeneratedSources sources = Sample.generate(file, CodegenOptions.of("app"));

        try (Compiled compiled = Compiled.of(directory, sources)) {
            assertThat(needed(compiled.load("app.NewItem"))).containsExactly(String.class, long.class);
            assertThat(optional(compiled.load("app.NewItem"))).containsExactlyInAnyOrder("id", "state", "note");
            assertThat(needed(compiled.load("app.NewSetting"))).containsExactly(String.class);
            assertThat(optional(compiled.load("app.NewSetting"))).containsExactly("value");
            assertThat(needed(compiled.load("app.NewEmpty"))).isEmpty();
        }
        assertThat(sources.files()).extracting(GeneratedFile::path).doesNotContain("app/NewName.java");
    }

    @Test
    void whatIsNotGiven_isTheDefaultOfTheTable() throws IOException {
        Path file = Sample.ofScript(directory, ITEM);
        GeneratedFile probe = new GeneratedFile("app/Probe.java", """
                package app;

                import static app.db.Tables.ITEM;

                import app.db.NewItem;
                import java.util.List;
                import java.util.function.Function;
                import rillite.querysets.Database;

                public final class Probe implements Function<Database, List<String>> {
                    @Override
                    public List<String> apply(Database db) {
                        return List.of(
                                db.objects(ITEM).insert(new NewItem("pen", 3)).block().toString(),
                                db.objects(ITEM).insert(new NewItem("ink", 4).state("old").note(null).id(9)).block().toString());
                    }
                }
                """);

        try (Compiled compiled = Compiled.of(directory, Sample.generate(file, CodegenOptions.of("app.db")), probe)) {
            Database database = Objects.requireNonNull(Database.open(file).block(Sample.PATIENCE));
            try {
                assertThat(compiled.<List<String>>run("app.Probe", database))
                        .containsExactly(
                                "Item[id=1, name=pen, state=new, note=null, price=3, total=6, shout=PEN]",
                                "Item[id=9, name=ink, state=old, note=null, price=4, total=8, shout=INK]");
            } finally {
                database.close().block(Sample.PATIENCE);
            }
        }
    }
}
