package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import rillite.querysets.schema.Check;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.SchemaReader;
import rillite.querysets.schema.Table;
import rillite.querysets.schema.Trigger;

/** What is discovered in a file. */
final class SchemaTests {

    @TempDir
    Path directory;

    private static Table table(Schema schema, String name) {
        return schema.find(name).orElseThrow();
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    @Test
    void read_bookshop_findsEveryKindOfTable() {
        Schema schema = Fixture.bookshop(Access.BARE, directory).db.schema();
        assertThat(schema.encoding()).isEqualTo("UTF-8");
        assertThat(schema.sqliteVersion()).startsWith("3.");
        assertThat(schema.tables().stream()
                        .filter(table -> table.kind() == Table.Kind.TABLE)
                        .map(Table::name))
                .containsExactly(
                        "author",
                        "award",
                        "book",
                        "book_tag",
                        "category",
                        "customer",
                        "order line",
                        "publisher",
                        "review",
                        "shelf_note",
                        "tag");
        assertThat(table(schema, "bestseller").kind()).isEqualTo(Table.Kind.VIEW);
        assertThat(names(table(schema, "bestseller").columns())).containsExactly("id", "title", "sold");
        assertThat(table(schema, "book_search").kind()).isEqualTo(Table.Kind.VIRTUAL);
        assertThat(names(table(schema, "book_search").visibleColumns())).containsExactly("title", "body");
        assertThat(table(schema, "book_search_data").kind()).isEqualTo(Table.Kind.SHADOW);
        assertThat(schema.find("sqlite_sequence")).isEmpty();
    }

    @Test
    void read_anyFile_takesFiveStatements() {
        Fixture shop = Fixture.bookshop(Access.BARE, directory);
        Database.over(shop.connections).block(Fixture.PATIENCE);
        assertThat(shop.sent()).hasSize(5);
        Awaitility.await().atMost(Fixture.PATIENCE).until(() -> shop.open.get() == 0);
    }

    @Test
    void read_500Tables_takesFourStatements() {
        StringBuilder script = new StringBuilder("BEGIN;");
        for (int i = 0; i < 500; i++) {
            script.append("CREATE TABLE t" + i + " (id INTEGER PRIMARY KEY, code TEXT UNIQUE, up_id INT REFERENCES t"
                    + i / 2 + ", v TEXT CHECK (v <> '')); CREATE INDEX i" + i + " ON t" + i + " (v DESC);");
        }
        Fixture many = Fixture.ofScript(Access.BARE, directory, script + "COMMIT");
        Schema schema = Objects.requireNonNull(Database.over(many.connections).block(Fixture.PATIENCE))
                .schema();
        assertThat(many.sent()).hasSize(4);
        assertThat(schema.tables())
                .hasSize(500)
                .allMatch(table -> table.indexes().size() == 2);
        assertThat(schema.relation("t7", "up").orElseThrow().target().name()).isEqualTo("t3");
        assertThat(schema.tables().stream()
                        .mapToInt(table -> schema.relations(table.name()).size())
                        .sum())
                .isEqualTo(1_000);
    }

    @Test
    void read_columns_knowTypeKindAndDefault() {
        Table book = table(Fixture.bookshop(Access.BARE, directory).db.schema(), "book");
        assertThat(book.columns().stream().map(Column::type))
                .containsExactly(
                        ColumnType.INTEGER,
                        ColumnType.TEXT,
                        ColumnType.TEXT,
                        ColumnType.INTEGER,
                        ColumnType.INTEGER,
                        ColumnType.INTEGER,
                        ColumnType.INTEGER,
                        ColumnType.DECIMAL,
                        ColumnType.REAL,
                        ColumnType.BOOLEAN,
                        ColumnType.DATE,
                        ColumnType.BLOB,
                        ColumnType.INTEGER);
        Column id = book.column("id").orElseThrow();
        assertThat(id.kind()).isEqualTo(Column.Kind.ROWID);
        assertThat(id.notNull()).isTrue();
        assertThat(book.column("price").orElseThrow().defaultSql()).isEqualTo("9.99");
        assertThat(book.column("title_length").orElseThrow().kind()).isEqualTo(Column.Kind.GENERATED_VIRTUAL);
        assertThat(book.column("isbn").orElseThrow().declaredType()).isEqualTo("VARCHAR(13)");
    }

    @Test
    void read_keys_inTheirOrder() {
        Schema schema = Fixture.bookshop(Access.BARE, directory).db.schema();
        assertThat(names(table(schema, "order line").primaryKey())).containsExactly("order no", "line_no");
        assertThat(names(table(schema, "book_tag").rowKey())).containsExactly("book_id", "tag_name");
        assertThat(table(schema, "book_tag").withoutRowid()).isTrue();
        assertThat(names(table(schema, "shelf_note").rowKey())).containsExactly("rowid");
        assertThat(table(schema, "bestseller").rowKey()).isEmpty();
        assertThat(table(schema, "award").strict()).isTrue();
        assertThat(table(schema, "award").column("code").orElseThrow().kind()).isEqualTo(Column.Kind.NORMAL);
    }

    @Test
    void read_foreignKeys_withRulesAndImplicitTarget() {
        Schema schema = Fixture.bookshop(Access.BARE, directory).db.schema();
        assertThat(table(schema, "author").foreignKeys())
                .containsExactly(new ForeignKey(
                        "author",
                        List.of("mentor_id"),
                        "author",
                        List.of("id"),
                        ForeignKey.Action.NO_ACTION,
                        ForeignKey.Action.SET_NULL,
                        false,
                        null));
        assertThat(table(schema, "book").foreignKeys().stream().map(ForeignKey::columns))
                .containsExactly(List.of("author_id"), List.of("publisher_id"), List.of("category_id"));
        assertThat(table(schema, "book_tag").foreignKeys().get(1).onUpdate()).isEqualTo(ForeignKey.Action.CASCADE);
    }

    @Test
    void read_indexes_knowOriginAndWhatTheyPromise() {
        Schema schema = Fixture.bookshop(Access.BARE, directory).db.schema();
        Table book = table(schema, "book");
        assertThat(book.indexes())
                .contains(new Index(
                        "book_author",
                        "book",
                        false,
                        Index.Origin.CREATE_INDEX,
                        List.of(new Index.Term("author_id", null, false, "BINARY")),
                        null))
                .anyMatch(index -> index.name().equals("book_published")
                        && index.partial()
                        && "published IS NOT NULL".equals(index.predicate()))
                .anyMatch(index ->
                        index.origin() == Index.Origin.UNIQUE && index.columns().equals(List.of("isbn")));
        assertThat(book.isUnique(List.of(book.column("isbn").orElseThrow()))).isTrue();
        assertThat(book.isUnique(List.of(book.column("pages").orElseThrow()))).isFalse();
        assertThat(book.isUnique(List.of(book.column("id").orElseThrow()))).isTrue();
        assertThat(table(schema, "customer").indexes())
                .anyMatch(index -> index.name().equals("customer_lower") && index.hasExpressions())
                .anyMatch(index -> index.terms().equals(List.of(new Index.Term(null, "lower(name)", false, "BINARY"))));
        assertThat(table(schema, "review").indexes())
                .anyMatch(index -> index.terms()
                        .equals(List.of(
                                new Index.Term("stars", null, true, "BINARY"),
                                new Index.Term("book_id", null, false, "BINARY"))));
    }

    @Test
    void read_declarations_tellWhatNoPragmaTells() {
        Schema schema = Fixture.bookshop(Access.BARE, directory).db.schema();
        assertThat(table(schema, "book").declaration().checks()).containsExactly(new Check(null, "pages > 0", "pages"));
        assertThat(table(schema, "book").column("title_length").orElseThrow().generatedSql())
                .isEqualTo("length(title)");
        assertThat(table(schema, "book").column("title").orElseThrow().generatedSql())
                .isNull();
        assertThat(table(schema, "author").declaration().autoincrement()).isTrue();
        assertThat(table(schema, "book").declaration().autoincrement()).isFalse();
        assertThat(table(schema, "book_search").declaration().module()).isEqualTo("fts5");
        assertThat(table(schema, "bestseller").declaration().sql())
                .startsWith("CREATE VIEW bestseller AS")
                .endsWith("GROUP BY b.id");
    }

    @Test
    void read_deferredKeysTriggersAndUniqueKeys() {
        Schema schema = Fixture.ofScript(Access.BARE, directory, """
                CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE UNIQUE, a INT, b INT, UNIQUE (b, a));
                CREATE TABLE c (p_id INT CONSTRAINT owner REFERENCES p DEFERRABLE INITIALLY DEFERRED, q INT REFERENCES p);
                CREATE UNIQUE INDEX p_live ON p (a) WHERE b IS NULL;
                CREATE UNIQUE INDEX p_expr ON p (lower(code));
                ALTER TABLE c ADD COLUMN r INT REFERENCES p (code) DEFERRABLE INITIALLY DEFERRED;
                CREATE VIEW v AS SELECT id FROM p;
                CREATE TRIGGER second AFTER INSERT ON C BEGIN SELECT 1; END;
                CREATE TRIGGER first BEFORE DELETE ON c BEGIN SELECT 2; END;
                CREATE TRIGGER instead INSTEAD OF DELETE ON v BEGIN SELECT 3; END;
                """).db.schema();
        assertThat(table(schema, "c").foreignKeys().stream().map(ForeignKey::deferred))
                .containsExactly(true, false, true);
        assertThat(table(schema, "c").foreignKeys().get(0).name()).isEqualTo("owner");
        assertThat(table(schema, "c").declaration().triggers().stream().map(Trigger::name))
                .containsExactly("first", "second");
        assertThat(table(schema, "v").declaration().triggers().get(0).sql())
                .startsWith("CREATE TRIGGER instead INSTEAD OF DELETE");
        assertThat(table(schema, "p").uniqueKeys().stream().map(key -> names(key.columns()) + " " + key.predicate()))
                .containsExactly("[id] null", "[a] b IS NULL", "[code] null", "[b, a] null");
        assertThat(schema.version()).isPositive();
    }

    @Test
    void read_collations_areThoseDeclared() {
        Schema schema = Fixture.bookshop(Access.BARE, directory).db.schema();
        assertThat(table(schema, "author").column("country").orElseThrow().collation())
                .isEqualTo("NOCASE");
        assertThat(table(schema, "author").column("name").orElseThrow().collation())
                .isEqualTo("BINARY");
    }

    @Test
    void read_compositeForeignKey_keepsPairs() {
        Schema schema = Fixture.ofScript(Access.BARE, directory, """
                        CREATE TABLE parent (a INT, b INT, c INT, PRIMARY KEY (b, a));
                        CREATE TABLE child (x INT, y INT, z INT, FOREIGN KEY (x, y) REFERENCES Parent,
                          FOREIGN KEY (z) REFERENCES nowhere(q));
                        """).db.schema();
        assertThat(table(schema, "child").foreignKeys().get(0).parentColumns()).containsExactly("b", "a");
        assertThat(table(schema, "child").foreignKeys().get(0).columns()).containsExactly("x", "y");
        assertThat(table(schema, "child").foreignKeys().get(1).parentColumns()).containsExactly("q");
    }

    @Test
    void read_keyThatIsNoRowid_isNotTakenForOne() {
        Schema schema = Fixture.ofScript(Access.BARE, directory, """
                        CREATE TABLE int_key (id INT PRIMARY KEY, rowid TEXT);
                        CREATE TABLE backwards (id INTEGER PRIMARY KEY DESC);
                        CREATE TABLE no_key (rowid INT, oid INT, v INT);
                        CREATE TABLE hides_all (rowid INT, oid INT, _rowid_ INT);
                        """).db.schema();
        assertThat(table(schema, "int_key").column("id").orElseThrow().notNull())
                .isFalse();
        assertThat(table(schema, "backwards").column("id").orElseThrow().kind()).isEqualTo(Column.Kind.NORMAL);
        assertThat(names(table(schema, "no_key").rowKey())).containsExactly("_rowid_");
        assertThat(table(schema, "hides_all").rowKey()).isEmpty();
    }

    @Test
    void read_brokenViewOrMissingModule_doesNotHideTheRest() {
        Fixture fixture = Fixture.ofScript(Access.BARE, directory, """
                CREATE TABLE good (id INTEGER PRIMARY KEY);
                CREATE VIEW fine AS SELECT id FROM good;
                CREATE VIEW broken AS SELECT * FROM gone;
                PRAGMA writable_schema = ON;
                INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
                  VALUES ('table', 'alien', 'alien', 0, 'CREATE VIRTUAL TABLE alien USING nobody(a)');
                PRAGMA writable_schema = RESET;
                """);
        Schema schema = fixture.db.schema();
        assertThat(schema.tables().stream().map(Table::name)).containsExactly("alien", "broken", "fine", "good");
        assertThat(table(schema, "fine").problem()).isNull();
        assertThat(table(schema, "broken").problem()).contains("gone");
        assertThat(fixture.keys(fixture.db.objects("good"))).isEmpty();
        assertThatThrownBy(() -> fixture.db.objects("alien"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void read_viewsThatExplode_areGivenUp() {
        StringBuilder script =
                new StringBuilder("CREATE TABLE good (id INTEGER PRIMARY KEY); CREATE VIEW v0 AS SELECT id FROM good;");
        for (int i = 1; i < 20; i++) {
            script.append("CREATE VIEW v%d AS SELECT a.id FROM v%d AS a, v%d AS b;".formatted(i, i - 1, i - 1));
        }
        try (Fixture hostile = Fixture.ofScript(Access.DRIVER, directory, "BEGIN;" + script + "COMMIT")) {
            assertThat(hostile.db.schema().tables()).hasSize(21);
            assertThat(table(hostile.db.schema(), "v19").problem()).isNotNull();
            assertThat(hostile.keys(hostile.db.objects("good"))).isEmpty();
        }
    }

    @Test
    void read_optionsOfTables_inAnyForm() {
        Schema schema = Fixture.ofScript(Access.BARE, directory, """
                        CREATE TABLE a (id TEXT PRIMARY KEY) without /* x */ rowid, Strict;
                        CREATE TABLE b (id TEXT PRIMARY KEY, "WITHOUT" TEXT) STRICT -- WITHOUT ROWID
                        ;
                        CREATE TABLE c AS SELECT 1 AS x, 'STRICT' AS y;
                        CREATE TABLE d ("STRICT" TEXT DEFAULT 'WITHOUT ROWID');
                        """).db.schema();
        assertThat(schema.tables().stream()
                        .map(table -> table.name() + " " + table.withoutRowid() + " " + table.strict()))
                .containsExactly("a true true", "b false true", "c false false", "d false false");
    }

    @Test
    void read_emptyFile_isAnEmptySchema() {
        assertThat(Fixture.ofScript(Access.BARE, directory, "PRAGMA user_version = 1")
                        .db
                        .schema()
                        .tables())
                .isEmpty();
    }

    @Test
    void reader_leavesTheConnectionUsable() {
        Fixture shop = Fixture.bookshop(Access.BARE, directory);
        Schema twice = Mono.usingWhen(
                        shop.connections.create(),
                        connection -> SchemaReader.read(connection).then(SchemaReader.read(connection)),
                        io.r2dbc.spi.Connection::close)
                .block(Fixture.PATIENCE);
        assertThat(twice).isEqualTo(shop.db.schema());
    }
}
