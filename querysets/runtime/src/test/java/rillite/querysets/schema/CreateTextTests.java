package rillite.querysets.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Statements that say the same in another layout, and those that do not. */
final class CreateTextTests {

    private static void same(String one, String other) {
        assertThat(CreateText.words(one)).isEqualTo(CreateText.words(other));
    }

    private static void different(String one, String other) {
        assertThat(CreateText.words(one)).isNotEqualTo(CreateText.words(other));
    }

    @Test
    void layoutCaseCommentsAndQuotes_doNotCount() {
        same("a INTEGER  not null -- x\n", "A integer NOT NULL /* y */");
        same("\"a b\" + [a b] + `a b`", "`A B`+\"a B\"+[A b]");
        same("lower(\"title\") > 1", "LOWER( title )>1");
        same("\"key\" INT", "key INT");
        same("x'AB'", "X'ab'");
        same("É = 1", "\"É\" = 1");
    }

    @Test
    void textsNumbersAndReservedWords_count() {
        different("'A'", "'a'");
        different("'a'", "a");
        different("\"null\"", "null");
        different("\"current_time\"", "current_time");
        different("DEFAULT \"A\"", "DEFAULT \"a\"");
        different("\"É\"", "\"é\"");
        different("x 'ab'", "x'ab'");
        different("1.5", "15");
        different("\"1\"", "1");
    }

    @Test
    void table_isCutIntoColumnsConstraintsAndOptions() {
        CreateText text = CreateText.of(
                "CREATE TABLE \"the t\" (\"a,b\" INT DEFAULT (1, 2) -- c\n , [c] DECIMAL(5, 2) CHECK (c IN (1)),"
                        + " d, CONSTRAINT x UNIQUE (d), FOREIGN KEY (d) REFERENCES o (p)) WITHOUT ROWID, STRICT");

        assertThat(text.spelling()).isEqualTo("\"the t\"");
        assertThat(text.columns().stream().map(CreateText.Part::sql))
                .containsExactly("\"a,b\" INT DEFAULT (1, 2)", "[c] DECIMAL(5, 2) CHECK (c IN (1))", "d");
        assertThat(text.columns().stream().map(CreateText.Part::name)).containsExactly("a,b", "c", "d");
        assertThat(String.join(" ", text.constraints()))
                .isEqualTo("constraint x unique ( d ) , foreign key ( d ) references o ( p )");
        assertThat(String.join(" ", text.options())).isEqualTo("without rowid , strict");
        assertThat(text.mentions("P")).isTrue();
        assertThat(text.mentions("A,B")).isTrue();
        assertThat(text.mentions("the t")).isFalse();
    }

    @Test
    void otherStatements_haveWordsOnly() {
        CreateText index = CreateText.of("CREATE UNIQUE INDEX \"i i\" ON t (a) WHERE b > 0");
        assertThat(index.spelling()).isEqualTo("\"i i\"");
        assertThat(index.columns()).isEmpty();
        assertThat(index.mentions("b")).isTrue();

        assertThat(CreateText.of("CREATE VIRTUAL TABLE f USING fts5 (a, content = 'The Book')")
                        .mentions("the book"))
                .isTrue();
        assertThat(CreateText.of("").words()).isEmpty();
        assertThat(CreateText.of("CREATE TABLE t (a").columns()).hasSize(1);
    }

    @Test
    void anotherName_alsoWhereTheStatementNamesItself() {
        assertThat(CreateText.of("CREATE TABLE t (a CHECK (t.a > 0 AND \"T\" . a < x.t), b REFERENCES t (a)) STRICT")
                        .named("\"new t\""))
                .isEqualTo(
                        "CREATE TABLE \"new t\" (a CHECK (\"new t\".a > 0 AND \"new t\" . a < x.t), b REFERENCES t (a)) STRICT");
    }

    @Test
    void names_areWrittenWithQuotesWhereTheyNeedThem() {
        assertThat(Names.written("title")).isEqualTo("title");
        assertThat(Names.written("Übung_1")).isEqualTo("Übung_1");
        assertThat(Names.written("order")).isEqualTo("\"order\"");
        assertThat(Names.written("key")).isEqualTo("\"key\"");
        assertThat(Names.written("1st")).isEqualTo("\"1st\"");
        assertThat(Names.written("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Names.written("")).isEqualTo("\"\"");
    }
}
