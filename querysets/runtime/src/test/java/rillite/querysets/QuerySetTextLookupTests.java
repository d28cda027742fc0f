package rillite.querysets;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Lookups of parts of a text: text, binds and rows. */
@ParameterizedClass
@EnumSource(Access.class)
final class QuerySetTextLookupTests {

    @Parameter
    Access access = Access.BARE;

    private static final String SCRIPT = """
            CREATE TABLE word (id INTEGER PRIMARY KEY, plain TEXT, folded TEXT COLLATE NOCASE, free);
            INSERT INTO word VALUES
              (1, 'Straße', 'Straße', 'Straße'), (2, 'STRASSE', 'STRASSE', 12), (3, 'éclair', 'éclair', 1234),
              (4, 'ÉCLAIR', 'ÉCLAIR', '12'), (5, '50%', '50%', NULL), (6, 'a_b\\c', 'a_b\\c', ''), (7, NULL, NULL, 5.5),
              (8, '', '', x'3132'), (9, 'İstanbul', 'İstanbul', 'x'), (10, 'straw 🌾', 'straw 🌾', '🌾');
            CREATE INDEX word_plain ON word(plain);
            """;

    @TempDir
    Path directory;

    private Fixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, SCRIPT);
    }

    private Asked words(String key, Object value) {
        return Asked.of(fixture, fixture.db.objects("word").filter(key, value).orderBy("id"));
    }

    @Test
    void contains_isCaseSensitive() {
        words("plain__contains", "SS")
                .where("instr(\"word\".\"plain\", ?) > 0 ORDER BY \"word\".\"id\"")
                .binds("SS")
                .keys(2L);
    }

    @Test
    void contains_emptyNeedle_isNotNull() {
        words("plain__contains", "").where("\"word\".\"plain\" IS NOT NULL ORDER BY \"word\".\"id\"");
    }

    @Test
    void contains_wildcards_areLiteral() {
        words("plain__contains", "0%").keys(5L);
        words("plain__contains", "_b\\").keys(6L);
    }

    @Test
    void startswith_isIndexRange() {
        words("plain__startswith", "Stra")
                .where("\"word\".\"plain\" >= ? AND \"word\".\"plain\" < ? ORDER BY \"word\".\"id\"")
                .binds("Stra", "Strb")
                .keys(1L);
    }

    @Test
    void startswith_otherCollation_asksForBinary() {
        words("folded__startswith", "stra")
                .where("\"word\".\"folded\" COLLATE BINARY >= ? AND \"word\".\"folded\" COLLATE BINARY < ?"
                        + " ORDER BY \"word\".\"id\"")
                .keys(10L);
    }

    @Test
    void startswith_columnWithoutTextAffinity_comparesTheStart() {
        words("free__startswith", "12")
                .where("substr(\"word\".\"free\", 1, ?) = ? ORDER BY \"word\".\"id\"")
                .binds(2L, "12")
                .keys(2L, 3L, 4L);
    }

    @Test
    void startswith_prefixAtTheEndOfUnicode_hasNoUpperBound() {
        words("plain__startswith", "\uDBFF\uDFFF")
                .where("\"word\".\"plain\" >= ? ORDER BY \"word\".\"id\"")
                .keys();
        words("plain__startswith", "\uD7FF").binds("\uD7FF", "\uE000");
        words("plain__startswith", "a\uDBFF\uDFFF").binds("a\uDBFF\uDFFF", "b");
    }

    @Test
    void endswith_countsCodePoints() {
        words("plain__endswith", " 🌾")
                .where("substr(\"word\".\"plain\", ?) = ? ORDER BY \"word\".\"id\"")
                .binds(-2L, " 🌾")
                .keys(10L);
    }

    @Test
    void endswith_needleLongerThanText_isNoMatch() {
        words("plain__endswith", "150%").keys();
    }

    @Test
    void icontains_asciiNeedle_isEscapedLike() {
        words("plain__icontains", "_B\\")
                .where("\"word\".\"plain\" LIKE ? ESCAPE '\\' ORDER BY \"word\".\"id\"")
                .binds("%\\_B\\\\%")
                .keys(6L);
        words("plain__istartswith", "STRA").binds("STRA%").keys(1L, 2L, 10L);
        words("plain__iendswith", "SSE").binds("%SSE").keys(2L);
    }

    @Test
    void icontains_otherNeedle_foldsWhatItContains() {
        words("plain__icontains", "Écl")
                .where("instr(replace(lower(\"word\".\"plain\"), ?, ?), ?) > 0 ORDER BY \"word\".\"id\"")
                .binds("É", "é", "écl")
                .keys(3L, 4L);
        words("plain__istartswith", "éC").keys(3L, 4L);
        words("plain__iexact", "ÉclaiR").keys(3L, 4L);
        words("plain__iendswith", "straßE").keys(1L);
    }

    @Test
    void icontains_letterThatFoldsToItself_findsItself() {
        words("plain__icontains", "İSTAN").keys(9L);
    }

    @Test
    void iexact_asciiNeedle_comparesWithoutCase() {
        words("plain__iexact", "a_B\\C")
                .where("\"word\".\"plain\" = ? COLLATE NOCASE ORDER BY \"word\".\"id\"")
                .keys(6L);
        words("plain__iexact", "").keys(8L);
    }

    @Test
    void like_isTheOnlyPattern() {
        words("plain__like", "_tra%").keys(1L, 2L, 10L);
    }

    @Test
    void needle_fromAnotherColumn_isCompared() {
        words("plain__startswith", F.of("folded")).keys(1L, 2L, 3L, 4L, 5L, 6L, 8L, 9L, 10L);
        words("plain__endswith", F.of("folded")).keys(1L, 2L, 3L, 4L, 5L, 6L, 8L, 9L, 10L);
        words("free__contains", F.of("plain")).keys(1L, 8L);
    }

    @Test
    void startswith_otherEncoding_doesNotRelyOnOrder() {
        try (Fixture utf16 = Fixture.ofScript(access, directory, "PRAGMA encoding = 'UTF-16le';" + SCRIPT)) {
            Asked.of(utf16, utf16.db.objects("word").filter("plain__startswith", "Stra"))
                    .where("substr(\"word\".\"plain\", 1, ?) = ?")
                    .keys(1L);
        }
    }
}
