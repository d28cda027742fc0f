package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.querysets.Database;

/** Types of columns: by declaration, and chosen. */
final class TypesTests {

    @TempDir
    Path directory;

    private static String text(GeneratedSources sources, String file) {
        return sources.files().stream()
                .filter(one -> one.path().endsWith("/" + file))
                .findFirst()
                .orElseThrow()
                .text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INTEGER          | LongCol     | long
            INT              | LongCol     | long
            BIGINT           | LongCol     | long
            UNSIGNED BIG INT | LongCol     | long
            SMALLINT         | LongCol     | long
            TINYINT          | LongCol     | long
            MEDIUMINT        | LongCol     | long
            INT2             | LongCol     | long
            INT8             | LongCol     | long
            REAL             | RealCol     | double
            DOUBLE           | RealCol     | double
            DOUBLE PRECISION | RealCol     | double
            FLOAT            | RealCol     | double
            NUMERIC          | DecimalCol  | BigDecimal
            DECIMAL(10,5)    | DecimalCol  | BigDecimal
            BOOLEAN          | BoolCol     | boolean
            BOOL             | BoolCol     | boolean
            DATE             | DateCol     | LocalDate
            TIME             | TimeCol     | LocalTime
            DATETIME         | DateTimeCol | LocalDateTime
            TIMESTAMP        | DateTimeCol | LocalDateTime
            TEXT             | TextCol     | String
            CHARACTER(20)    | TextCol     | String
            VARCHAR(255)     | TextCol     | String
            NVARCHAR(100)    | TextCol     | String
            CLOB             | TextCol     | String
            BLOB             | BlobCol     | ByteBuffer
            UUID             | UuidCol     | UUID
            JSON             | JsonCol     | String
            MONEY            | AnyCol      | @Nullable Object
            ANY              | AnyCol      | @Nullable Object
            ''               | AnyCol      | @Nullable Object
            """)
    void declaredTypes_areReadAsTheRuntimeReadsThem(String declared, String column, String value) {
        GeneratedSources sources = Sample.generate(
                Sample.ofScript(
                        directory,
                        "CREATE TABLE t (id INTEGER PRIMARY KEY, c " + declared + " NOT NULL, n " + declared + ")"),
                CodegenOptions.of("app"));

        assertThat(text(sources, "TTable.java"))
                .contains("public final " + column + "<R> c = ")
                .contains("public final " + column + "<R> n = ");
        assertThat(text(sources, "T.java")).contains("        " + value + " c,");
    }

    @ParameterizedTest
    @CsvSource({
        "int, IntCol<R>, @Nullable Integer",
        "LONG, LongCol<R>, @Nullable Long",
        "text, TextCol<R>, @Nullable String",
        "instant, InstantCol<R>, @Nullable Instant",
        "epoch-millis, 'MappedCol<R, Instant>', @Nullable Instant",
        "epoch-seconds, 'MappedCol<R, Instant>', @Nullable Instant",
        "uuid, UuidCol<R>, @Nullable UUID",
        "enum com.example.Status, 'EnumCol<R, Status>', @Nullable Status",
        "enum com.example.Order$Status, 'EnumCol<R, Order.Status>', Order. @Nullable Status",
        "mapped com.example.Settings com.example.Mappings.SETTINGS, 'MappedCol<R, Settings>', @Nullable Settings",
    })
    void chosenTypes_areUsed(String type, String column, String value) {
        GeneratedSources sources = Sample.generate(
                Sample.ofScript(directory, "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT)"),
                CodegenOptions.of("app").type(TypeOverride.parse("t.c = " + type)));

        assertThat(text(sources, "TTable.java")).contains("public final " + column + " c = ");
        assertThat(text(sources, "T.java")).contains("        " + value + " c)");
    }

    @Test
    void oneColumnByName_winsOverPatterns_thenTheLast() {
        Path file = Sample.ofScript(directory, "CREATE TABLE t (a_at TEXT, b_at TEXT, c TEXT)");
        String table = text(
                Sample.generate(
                        file,
                        CodegenOptions.of("app")
                                .type("T.A_AT", "long")
                                .type("*.*_at", "int")
                                .type("t.*", "uuid")
                                .type("*.*_AT", "instant")),
                "TTable.java");

        assertThat(table)
                .contains("LongCol<R> aAt")
                .contains("InstantCol<R> bAt")
                .contains("UuidCol<R> c ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "integer",
                "enum",
                "enum 1x",
                "mapped com.example.X",
                "mapped a.B C",
                "enum a b",
                "",
                "enum com.class.X"
            })
    void unknownTypes_areRefused(String type) {
        assertThatThrownBy(() -> new TypeOverride("t.c", type))
                .isInstanceOf(CodegenException.class)
                .message()
                .matches("(?s)Columns cannot be read as \".*\\. Known: text, long, .*|\".*\" is no name of a class\\.");
    }

    @Test
    void optionsThatSpeakOfNothing_areRefusedWithWhatThereIs() {
        Path file = Sample.ofScript(directory, "CREATE TABLE author (id INTEGER, name TEXT)");

        assertThatThrownBy(() -> Sample.generate(file, CodegenOptions.of("app").type("author.nmae", "int")))
                .isInstanceOf(CodegenException.class)
                .hasMessage("There is no column \"author.nmae\" to read as int. Columns: author.id, author.name.");
        assertThatThrownBy(() -> Sample.generate(file, CodegenOptions.of("app").type("auhtor.name", "int")))
                .hasMessage("There is no column \"auhtor.name\" to read as int. Tables: author.");
        assertThatThrownBy(() -> Sample.generate(file, CodegenOptions.of("app").only("auhtor")))
                .hasMessage("There is no table \"auhtor\" to write. Tables: author.");
        assertThatThrownBy(() -> Sample.generate(
                        file, CodegenOptions.of("app").naming(Naming.derived().relation("author.x_id", "x", "xs"))))
                .isInstanceOf(CodegenException.class)
                .hasMessageContaining("author.x_id");
        assertThatThrownBy(() -> CodegenOptions.of("app.class")).hasMessageContaining("no name of a package");
        assertThatThrownBy(() -> CodegenOptions.of("java.util")).hasMessageContaining("belongs to Java");
        assertThatThrownBy(() -> Naming.derived().column("author.name", "a-b")).hasMessageContaining("no name of Java");
        assertThatThrownBy(() -> new TypeOverride("name", "int")).hasMessageContaining("table.column");
        assertThatThrownBy(() -> TypeOverride.parse("a.b int")).hasMessageContaining("a.b int");
    }

    @Test
    void chosenTypes_areReadComparedAndStored() throws IOException {
        Path file = Sample.ofScript(directory, """
                CREATE TABLE event (
                    id INTEGER PRIMARY KEY,
                    token TEXT NOT NULL,
                    day TEXT,
                    created_at INTEGER NOT NULL,
                    noted TEXT NOT NULL DEFAULT '2024-01-01T00:00:00.000Z',
                    place JSON
                );
                INSERT INTO event VALUES (1, '6f1b0a52-9c40-4a4e-8a55-0d5e8e3a1c10', 'MONDAY', 1709208000250,
                    '2024-02-29T12:00:00.250Z', '{"x":3,"y":4}');
                """);
        CodegenOptions options = CodegenOptions.of("app.db")
                .type("event.token", "uuid")
                .type("event.day", "enum java.time.DayOfWeek")
                .type("event.*_at", "epoch-millis")
                .type("*.noted", "instant")
                .type("event.place", "mapped app.Probe.Place app.Probe.PLACE");
        GeneratedFile probe = new GeneratedFile("app/Probe.java", """
                package app;

                import static app.db.Tables.EVENT;

                import app.db.Event;
                import app.db.NewEvent;
                import java.time.DayOfWeek;
                import java.time.Instant;
                import java.util.List;
                import java.util.UUID;
                import java.util.function.Function;
                import rillite.querysets.Database;
                import rillite.querysets.Mapping;

                public final class Probe implements Function<Database, List<String>> {
                    public record Place(int x, int y) {}

                    public static final Mapping<Place, String> PLACE = Mapping.of(
                            Place.class,
                            String.class,
                            json -> parsed(json.replaceAll("[^0-9,]", "").split(",")),
                            place -> String.format("{%cx%<c:%d,%1$cy%1$c:%d}", '"', place.x(), place.y()));

                    private static Place parsed(String[] parts) {
                        return new Place(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
                    }

                    @Override
                    public List<String> apply(Database db) {
                        Event first = db.objects(EVENT).get().block();
                        Event second = db.objects(EVENT)
                                .insert(new NewEvent(first.token(), first.createdAt().plusMillis(1))
                                        .day(DayOfWeek.SUNDAY)
                                        .noted(Instant.EPOCH)
                                        .place(new Place(5, 6)))
                                .block();
                        long found = db.objects(EVENT)
                                .filter(EVENT.createdAt.gt(first.createdAt()), EVENT.place.eq(new Place(5, 6)),
                                        EVENT.token.eq(first.token()), EVENT.day.eq(DayOfWeek.SUNDAY))
                                .count()
                                .block();
                        db.objects(EVENT).updateRow(new Event(1, UUID.randomUUID(), null, Instant.EPOCH, Instant.EPOCH, null)).block();
                        String stored = db.sql("SELECT place FROM event WHERE id = 2").values("place").flat(String.class).get().block();
                        return List.of(first.toString(), second.toString(), "found " + found, stored);
                    }
                }
                """);

        try (Compiled compiled = Compiled.of(directory, Sample.generate(file, options), probe)) {
            Database database = Objects.requireNonNull(Database.open(file).block(Sample.PATIENCE));
            try {
                assertThat(compiled.<List<String>>run("app.Probe", database))
                        .containsExactly(
                                "Event[id=1, token=6f1b0a52-9c40-4a4e-8a55-0d5e8e3a1c10, day=MONDAY,"
                                        + " createdAt=2024-02-29T12:00:00.250Z, noted=2024-02-29T12:00:00.250Z,"
                                        + " place=Place[x=3, y=4]]",
                                "Event[id=2, token=6f1b0a52-9c40-4a4e-8a55-0d5e8e3a1c10, day=SUNDAY,"
                                        + " createdAt=2024-02-29T12:00:00.251Z, noted=1970-01-01T00:00:00Z,"
                                        + " place=Place[x=5, y=6]]",
                                "found 1",
                                "{\"x\":5,\"y\":6}");
            } finally {
                database.close().block(Sample.PATIENCE);
            }
        }
    }

    @Test
    void columnReadAsAny_givesWhatContradictsItsDeclaration() throws IOException {
        Path file = Sample.ofScript(
                directory,
                "CREATE TABLE staff (id INTEGER PRIMARY KEY, active SMALLINT);"
                        + "INSERT INTO staff VALUES (1, 1), (2, 'yes'), (3, NULL), (4, 0.5)");
        GeneratedFile probe = new GeneratedFile("app/Probe.java", """
                package app;

                import static app.db.Tables.STAFF;

                import java.util.List;
                import java.util.function.Function;
                import rillite.querysets.Database;

                public final class Probe implements Function<Database, List<String>> {
                    @Override
                    public List<String> apply(Database db) {
                        var all = db.objects(STAFF).orderBy(STAFF.id.asc());
                        return List.of(
                                all.flux().map(one -> one.active() + "").collectList().block().toString(),
                                all.selectOptional(STAFF.active).list().block().toString(),
                                all.only(STAFF.active).flux().map(one -> one.get(STAFF.active) + "").collectList().block().toString());
                    }
                }
                """);
        GeneratedSources sources =
                Sample.generate(file, CodegenOptions.of("app.db").type("staff.active", "any"));

        try (Compiled compiled = Compiled.of(directory, sources, probe)) {
            Database database = Objects.requireNonNull(Database.open(file).block(Sample.PATIENCE));
            try {
                assertThat(compiled.<List<String>>run("app.Probe", database))
                        .containsExactly(
                                "[1, yes, null, 0.5]",
                                "[Optional[1], Optional[yes], Optional.empty, Optional[0.5]]",
                                "[1, yes, null, 0.5]");
            } finally {
                database.close().block(Sample.PATIENCE);
            }
        }
    }
}
