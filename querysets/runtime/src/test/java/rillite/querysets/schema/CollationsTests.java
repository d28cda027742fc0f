package rillite.querysets.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Collations in CREATE TABLE texts. */
final class CollationsTests {

    @Test
    void of_plainTable_isEmpty() {
        assertThat(Collations.of("CREATE TABLE t (a TEXT, b)")).isEmpty();
    }

    @Test
    void of_quotedNames_areUnquoted() {
        assertThat(Collations.of("CREATE TABLE \"t(\" (\"a\"\"b\" TEXT COLLATE nocase, [c d] TEXT collate \"RTRIM\","
                        + " `e``f` DEFAULT 'x, COLLATE y' NOT NULL COLLATE NoCase)"))
                .containsOnly(
                        java.util.Map.entry("a\"b", "NOCASE"),
                        java.util.Map.entry("c d", "RTRIM"),
                        java.util.Map.entry("e`f", "NOCASE"));
    }

    @Test
    void of_nestedOrCommented_isNotTheColumns() {
        assertThat(Collations.of("CREATE TABLE t (a TEXT CHECK (a COLLATE NOCASE <> 'x'), -- COLLATE NOCASE\n"
                        + "b TEXT /* , COLLATE */ COLLATE RTRIM, UNIQUE (a COLLATE NOCASE))"))
                .containsOnly(java.util.Map.entry("b", "RTRIM"));
    }

    @Test
    void of_brokenText_endsQuietly() {
        assertThat(Collations.of("CREATE TABLE t (\"a COLLATE NOCASE")).isEmpty();
        assertThat(Collations.of("CREATE TABLE t (a COLLATE")).isEmpty();
        assertThat(Collations.of("/* COLLATE")).isEmpty();
    }
}
