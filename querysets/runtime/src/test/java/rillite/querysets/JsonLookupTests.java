package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Access.class)
final class JsonLookupTests {

    private static final String SCRIPT = """
            CREATE TABLE doc (id INTEGER PRIMARY KEY, meta JSON);
            INSERT INTO doc VALUES
              (1, '{"city":"Kiel","age":40,"tags":["java","sql"],"deep":{"list":[{"x":1},{"x":2}]},"on":true}'),
              (2, '{"city":"Köln","age":7.5,"tags":[],"nick":null,"on":false}'),
              (3, '{"city":"a \\"b\\".c","0":"zero","a.b":5,"tags":"java","nums":[1,2,true,null,"3"]}'),
              (4, NULL), (5, '[10,20,{"k":"v"}]');
            """;

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, SCRIPT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private QuerySet<Row> docs() {
        return fixture.db.objects("doc");
    }

    private Asked docs(String key, Object value) {
        return Asked.of(fixture, docs().filter(key, value).orderBy("id"));
    }

    @Test
    void path_isComparedByItsValue() {
        docs("meta__city", "Kiel")
                .where("(\"doc\".\"meta\" ->> ?) = ? ORDER BY \"doc\".\"id\"")
                .binds("$.\"city\"", "Kiel")
                .keys(1L);
        docs("meta__age__gte", 7.5).keys(1L, 2L);
        docs("meta__age__in", List.of(7.5, 40)).keys(1L, 2L);
        docs("meta__deep__list__1__x", 2)
                .binds("$.\"deep\".\"list\"[1].\"x\"", 2L)
                .keys(1L);
        docs("meta__tags__0", "java").keys(1L);
        docs("meta__1", 20).keys(5L);
        docs("meta__2__k__startswith", "v").keys(5L);
        docs("meta__on", true).keys(1L);
        docs("meta__on", false).keys(2L);
        docs("meta__city__icontains", "KÖ").keys(2L);
        docs("meta__city", "a \"b\".c").keys(3L);
        docs("meta__a.b", 5).binds("$.\"a.b\"", 5L).keys(3L);
    }

    @Test
    void null_isNotAbsence() {
        docs("meta__nick", null)
                .where("json_type(\"doc\".\"meta\", ?) = 'null' ORDER BY \"doc\".\"id\"")
                .keys(2L);
        docs("meta__nick__isnull", false).keys(2L);
        docs("meta__nick__isnull", true)
                .where("json_type(\"doc\".\"meta\", ?) IS NULL ORDER BY \"doc\".\"id\"")
                .keys(1L, 3L, 4L, 5L);
        Asked.of(fixture, docs().exclude("meta__nick", null)).keys(1L, 3L, 4L, 5L);
    }

    @Test
    void keys_areLookedFor() {
        docs("meta__has_key", "nick").keys(2L);
        docs("meta__has_key", "0").binds("$.\"0\"").keys(3L);
        docs("meta__has_key", 2).binds("$[2]").keys(5L);
        docs("meta__has_key", "a.b").keys(3L);
        docs("meta__deep__has_key", "list").keys(1L);
        docs("meta__has_keys", List.of("city", "nick")).keys(2L);
        docs("meta__has_keys", new String[] {"city", "age"}).keys(1L, 2L);
        docs("meta__has_any_keys", List.of("0", "nick")).keys(2L, 3L);
        assertThat(docs().filter("meta__has_any_keys", List.of()).state.isEmpty())
                .isTrue();
        assertThatThrownBy(() -> docs().filter("meta__has_key", null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> docs().filter("meta__has_key", 1.5)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> docs().filter("meta__has_keys", "city")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> docs().filter("meta__has_keys", Arrays.asList("a", null)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void contains_looksIntoArraysAndTexts() {
        docs("meta__tags__contains", "java").keys(1L, 3L);
        docs("meta__tags__contains", "jav").keys(3L);
        docs("meta__tags__contains", List.of("sql", "java")).keys(1L);
        docs("meta__tags__contains", List.of()).keys(1L, 2L);
        docs("meta__nums__contains", 1).keys(3L);
        docs("meta__nums__contains", 3).keys();
        docs("meta__nums__contains", "3").keys(3L);
        docs("meta__nums__contains", "1").keys();
        docs("meta__nums__contains", true).keys(3L);
        docs("meta__nums__contains", false).keys();
        docs("meta__nums__contains", Arrays.asList(1, null)).keys(3L);
        docs("meta__contains", 20).keys(5L);
        docs("meta__age__contains", 40).keys();
        Asked.of(fixture, docs().exclude("meta__tags__contains", "java")).keys(2L, 4L, 5L);
        docs("meta__tags__contains", BigInteger.TWO.pow(80)).keys();
    }

    @Test
    void values_andOrder_readPaths() {
        List<Row> rows = Objects.requireNonNull(docs().orderBy("-meta__age", "id")
                .values("id", "meta__age", "meta__tags__0")
                .list()
                .block(Fixture.PATIENCE));

        assertThat(rows.stream().map(row -> row.get("meta__age")).toList()).containsExactly(40L, 7.5, null, null, null);
        assertThat(rows.get(0).get("meta__tags__0")).isEqualTo("java");
        assertThat(fixture.keys(
                        docs().filter(Fn.jsonType("meta", "tags").eq("array")).orderBy("id")))
                .containsExactly(1L, 2L);
        assertThat(fixture.keys(docs().filter(Fn.jsonLength("meta", "tags").gt(1))))
                .containsExactly(1L);
        assertThat(fixture.keys(
                        docs().filter("meta__age__gt", F.of("id").times(7)).orderBy("id")))
                .containsExactly(1L);
    }

    @Test
    void hostileNames_areOnlyNames() {
        for (String hostile : List.of(
                "\"",
                "\"\"",
                "\\",
                "\\\"",
                "'",
                "'); DROP TABLE doc; --",
                "$",
                "$.city",
                "[0]",
                "#",
                ".",
                "*",
                "?",
                "🌾",
                "a b",
                "--",
                "\n",
                "\\u0041",
                "/*")) {
            String json = "{" + quoted(hostile) + ":[" + quoted(hostile) + "]}";
            Row made = Objects.requireNonNull(docs().create("meta", json).block(Fixture.PATIENCE));
            QuerySet<Row> one = docs().filter("id", made.pk());
            assertThat(fixture.keys(one.filter("meta__has_key", hostile)))
                    .as(hostile)
                    .hasSize(1);
            assertThat(fixture.keys(one.filter("meta__" + hostile + "__0", hostile)))
                    .as(hostile)
                    .hasSize(1);
            assertThat(fixture.keys(one.filter("meta__" + hostile + "__contains", hostile)))
                    .as(hostile)
                    .hasSize(1);
            fixture.keys(docs().filter("meta__has_any_keys", List.of(hostile, "x")));
            fixture.keys(docs().orderBy("meta__" + hostile));
        }
        assertThatThrownBy(() -> docs().filter("meta__a\0b", 1)).isInstanceOf(InvalidValueException.class);
        assertThat(fixture.jdbc("SELECT count(*) FROM doc WHERE id <= 5")).containsExactly(List.of(5));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
