package rillite.querysets.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read from the texts of CREATE statements. Replay a failure with {@code -Drillite.seed=..}. */
final class TableDdlTests {

    @Test
    void collation_ofPlainColumn_isBinary() {
        assertThat(TableDdl.of("CREATE TABLE t (a TEXT, b)").collation("a")).isEqualTo("BINARY");
    }

    @Test
    void collation_ofQuotedNames() {
        TableDdl ddl = TableDdl.of("CREATE TABLE \"t(\" (\"a\"\"b\" TEXT COLLATE nocase, [c d] TEXT collate \"RTRIM\","
                + " `e``f` DEFAULT 'x, COLLATE y' NOT NULL COLLATE NoCase, É COLLATE NOCASE, é)");
        assertThat(ddl.collation("a\"b")).isEqualTo("NOCASE");
        assertThat(ddl.collation("C D")).isEqualTo("RTRIM");
        assertThat(ddl.collation("e`f")).isEqualTo("NOCASE");
        assertThat(ddl.collation("É")).isEqualTo("NOCASE");
        assertThat(ddl.collation("é")).isEqualTo("BINARY");
    }

    @Test
    void collation_nestedOrCommented_isNotTheColumns() {
        TableDdl ddl = TableDdl.of("CREATE TABLE t (a TEXT CHECK (a COLLATE NOCASE <> 'x'), -- COLLATE NOCASE\n"
                + "b TEXT /* , COLLATE */ COLLATE RTRIM, UNIQUE (a COLLATE NOCASE))");
        assertThat(ddl.collation("a")).isEqualTo("BINARY");
        assertThat(ddl.collation("b")).isEqualTo("RTRIM");
    }

    @Test
    void checks_ofColumnsAndTable_withTheirNames() {
        assertThat(TableDdl.of("""
                        CREATE TABLE t (a CONSTRAINT pos CHECK (a > 0), b DEFAULT ('CHECK (x)') CHECK( (b) <> ')' /* ) */ ),
                          c CONSTRAINT x NOT NULL CHECK (c), "check" TEXT,
                          CONSTRAINT "q q" CHECK (a + b < 9) CHECK (b < 100) UNIQUE (a), CHECK (1))""").checks())
                .containsExactly(
                        new Check("pos", "a > 0", "a"),
                        new Check(null, "(b) <> ')' /* ) */", "b"),
                        new Check("x", "c", "c"),
                        new Check("q q", "a + b < 9", null),
                        new Check("q q", "b < 100", null),
                        new Check(null, "1", null));
    }

    @Test
    void generated_expressions() {
        TableDdl ddl = TableDdl.of("CREATE TABLE t (a INT GENERATED ALWAYS AS (b + (1)) STORED, b, \"C\" AS (a||'x)'),"
                + " d INT CHECK (CAST(d AS TEXT) <> ''))");
        assertThat(ddl.generated("a")).isEqualTo("b + (1)");
        assertThat(ddl.generated("c")).isEqualTo("a||'x)'");
        assertThat(ddl.generated("d")).isNull();
    }

    @Test
    void foreignKeys_deferredAndNamed() {
        assertThat(TableDdl.of("""
                        CREATE TABLE t (
                          a INT REFERENCES p DEFERRABLE INITIALLY DEFERRED,
                          b INT CONSTRAINT fk_b REFERENCES "deferrable"(x) NOT NULL DEFERRABLE,
                          c INT REFERENCES p NOT DEFERRABLE INITIALLY DEFERRED,
                          d INT REFERENCES p ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED,
                          e INT REFERENCES p MATCH CHECK NOT NULL DEFERRABLE INITIALLY IMMEDIATE,
                          FOREIGN KEY (a) REFERENCES p CONSTRAINT two FOREIGN KEY (b)
                            REFERENCES p ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED)""").foreignKeys())
                .containsExactly(
                        new TableDdl.KeyTail(null, true),
                        new TableDdl.KeyTail("fk_b", false),
                        new TableDdl.KeyTail(null, false),
                        new TableDdl.KeyTail(null, true),
                        new TableDdl.KeyTail(null, false),
                        new TableDdl.KeyTail(null, false),
                        new TableDdl.KeyTail("two", true));
    }

    @Test
    void autoincrement_ofColumnOrTable() {
        assertThat(TableDdl.of("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)")
                        .autoincrement())
                .isTrue();
        assertThat(TableDdl.of("CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))")
                        .autoincrement())
                .isTrue();
        assertThat(TableDdl.of("CREATE TABLE t (\"AUTOINCREMENT\" INTEGER PRIMARY KEY DEFAULT 'AUTOINCREMENT')")
                        .autoincrement())
                .isFalse();
    }

    @Test
    void module_ofVirtualTable() {
        assertThat(TableDdl.of("CREATE VIRTUAL TABLE x USING \"fts5\"(a, CHECK (b))")
                        .module())
                .isEqualTo("fts5");
        assertThat(TableDdl.of("CREATE TABLE x (a)").module()).isNull();
    }

    @Test
    void index_termsAndPredicate() {
        IndexDdl ddl = IndexDdl.of(
                "CREATE UNIQUE INDEX \"i(\" ON t (lower(a) COLLATE NOCASE DESC, \"b,\", c || ',' ASC) -- why\n WHERE a > 1 AND (b)");
        assertThat(ddl.term(0)).isEqualTo("lower(a) COLLATE NOCASE");
        assertThat(ddl.term(1)).isEqualTo("\"b,\"");
        assertThat(ddl.term(2)).isEqualTo("c || ','");
        assertThat(ddl.term(3)).isEmpty();
        assertThat(ddl.predicate()).isEqualTo("a > 1 AND (b)");
        assertThat(IndexDdl.of("CREATE INDEX i ON t (a)").predicate()).isNull();
        assertThat(IndexDdl.of("").term(0)).isEmpty();
    }

    @Test
    void withoutComments_leavesTheRestAlone() {
        assertThat(SqlTokens.withoutComments("DECIMAL(8,  2)")).isEqualTo("DECIMAL(8,  2)");
        assertThat(SqlTokens.withoutComments("my /* x */ type(8,2) -- y")).isEqualTo("my type(8,2)");
        assertThat(SqlTokens.withoutComments("/* x")).isEmpty();
    }

    @Test
    void brokenText_endsQuietly() {
        for (String text : new String[] {
            "",
            "CREATE TABLE t (\"a COLLATE NOCASE",
            "CREATE TABLE t (a COLLATE",
            "/* COLLATE",
            "CREATE TABLE t (a CHECK",
            "CREATE TABLE t (a CHECK (",
            "CREATE TABLE t (a REFERENCES",
            "CREATE TABLE t (CONSTRAINT",
            "CREATE TABLE t (a DEFAULT",
            "CREATE TABLE t (a DEFERRABLE INITIALLY",
            "CREATE TABLE t (PRIMARY KEY (",
            "CREATE TABLE t ((((((",
            "CREATE VIRTUAL TABLE t USING"
        }) {
            assertThat(TableDdl.of(text).collation("a")).as(text).isEqualTo("BINARY");
            assertThat(TableDdl.of(text).autoincrement()).as(text).isFalse();
        }
    }

    @Test
    void anyText_ofAnySize_endsSoon() {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        Random random = new Random(seed);
        String[] pieces = {
            "(",
            ")",
            ",",
            "'",
            "\"",
            "`",
            "[",
            "]",
            "--",
            "\n",
            "/*",
            "*/",
            " ",
            "CHECK",
            "AS",
            "a",
            "REFERENCES",
            "DEFERRABLE",
            "INITIALLY",
            "DEFERRED",
            "PRIMARY",
            "KEY",
            "CONSTRAINT",
            "USING",
            "WHERE",
            "é",
            "\uD800"
        };
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder("CREATE TABLE t (");
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(TableDdl.of(text.toString())).as("seed " + seed).isNotNull();
            assertThat(IndexDdl.of(text.toString())).as("seed " + seed).isNotNull();
        }
        String deep = "CREATE TABLE t (a CHECK " + "(".repeat(100_000) + ")".repeat(100_000) + ", b COLLATE NOCASE)";
        assertThat(TableDdl.of(deep).collation("b")).isEqualTo("NOCASE");
    }
}
