package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that try to break out of the SQL text. Replay a failure with {@code -Drillite.seed=..}. */
final class HostileNamesTests {

    @TempDir
    Path directory;

    @Test
    void names_ofAnyKind_areQueriedAndWritten() {
        Fixture fixture = Fixture.ofScript(Access.BARE, directory, """
                CREATE TABLE "select ""from"" 'x'; --" (
                  `key "one"` INTEGER PRIMARY KEY, "a b" TEXT, "order" INT, "a__b" TEXT, "naïve 🌾" TEXT, "x]]y" TEXT,
                  `pk` TEXT, "-minus" TEXT, "?" TEXT, `nope"; DROP TABLE x; --` TEXT);
                """);
        QuerySet<Row> all = fixture.db.objects("select \"from\" 'x'; --");
        Row row = Objects.requireNonNull(all.create(Fields.of("a b", "v", "order", 3, "a__b", "w")
                        .with("naïve 🌾", "u")
                        .with("x]]y", "t")
                        .with("pk", "mine")
                        .with("-minus", "m")
                        .with("?", "q")
                        .with("nope\"; DROP TABLE x; --", "z"))
                .block(Fixture.PATIENCE));
        assertThat(row.pk()).isEqualTo(1L);
        assertThat(row.get("pk")).isEqualTo("mine");
        assertThat(fixture.keys(all.filter("a b", "v", "a__b", "w", "order__gte", 3, "x]]y", "t", "pk", "mine")
                        .filter("naïve 🌾__contains", "u", "?", "q")
                        .orderBy("-minus", "?", "-order")))
                .containsExactly(1L);
        assertThat(all.find(1).block(Fixture.PATIENCE)).isEqualTo(row);
        assertThat(all.filter("order", 3).update("a__b", "new").block(Fixture.PATIENCE))
                .isEqualTo(1);
        assertThat(all.values("a__b", "nope\"; DROP TABLE x; --")
                        .first()
                        .block(Fixture.PATIENCE)
                        .asMap())
                .containsEntry("a__b", "new");
    }

    @Test
    void aTableOf200Columns_works() {
        StringBuilder script = new StringBuilder("CREATE TABLE wide (id INTEGER PRIMARY KEY");
        for (int i = 0; i < 200; i++) {
            script.append(", c").append(i).append(" INT DEFAULT ").append(i);
        }
        Fixture fixture =
                Fixture.ofScript(Access.BARE, directory, script.append(")").toString());
        Row row = Objects.requireNonNull(
                fixture.db.objects("wide").create(Fields.empty()).block(Fixture.PATIENCE));
        assertThat(row.get("c199")).isEqualTo(199L);
    }

    @Test
    void keys_ofAnyText_neverReachTheSql() {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        Random random = new Random(seed);
        Fixture fixture = Fixture.library(Access.BARE, directory);
        QuerySet<Row> authors = fixture.db.objects("author");
        List<String> pieces = List.of(
                "name", "\"", "'", ";", "--", "/*", "*/", "__", "_", "exact", "\0", "\uD800", "pk", "`", "]", "(", "?");
        for (int i = 0; i < 5_000; i++) {
            StringBuilder key = new StringBuilder();
            for (int n = random.nextInt(6); n >= 0; n--) {
                key.append(pieces.get(random.nextInt(pieces.size())));
            }
            String about = "seed " + seed + ", key " + key;
            String plain = key.toString();
            Throwable filter = catchThrowable(() -> check(authors.filter(plain, "1"), plain));
            Throwable order = catchThrowable(() -> check(authors.orderBy(plain), plain));
            Throwable values = catchThrowable(() -> check(authors.values(plain), plain));
            Throwable create = catchThrowable(() -> authors.create(plain, "1"));
            for (Throwable thrown : new Throwable[] {filter, order, values, create}) {
                if (thrown != null) {
                    assertThat(thrown).as(about).isInstanceOf(QueryException.class);
                }
            }
        }
        assertThat(fixture.sent()).isEmpty();
    }

    private static void check(QuerySet<Row> query, String key) {
        String sql = query.toSql().sql();
        assertThat(sql).doesNotContain(";", "--", "/*", "\0", "'", "`", "\uD800");
        assertThat(sql)
                .matches(
                        "SELECT (\"author\"\\.\"\\w+\"(, )?)+ FROM \"author\""
                                + "( WHERE \"author\"\\.\"\\w+\" = \\?)?( ORDER BY (\"author\"\\.\"\\w+\"( DESC)?|random\\(\\)))?");
    }

    @Test
    void names_thatAppearAfterOpening_areNotStrings() {
        Fixture fixture = Fixture.library(Access.BARE, directory);
        QuerySet<Row> books = fixture.db.objects("book").filter("pages", "1");
        fixture.jdbc("ALTER TABLE book RENAME COLUMN pages TO leaves");
        Throwable thrown = catchThrowable(() -> books.list().block(Fixture.PATIENCE));
        assertThat(thrown).hasMessageContaining("no such column");
    }
}
