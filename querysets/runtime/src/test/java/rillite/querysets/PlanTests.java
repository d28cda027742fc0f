package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans, and comments before statements. */
@ParameterizedClass
@EnumSource(Access.class)
final class PlanTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture library;

    @BeforeEach
    void open() {
        library = Fixture.library(access, directory);
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Plan plan(QuerySet<Row> query) {
        return Objects.requireNonNull(query.explain().block(Fixture.PATIENCE));
    }

    private QuerySet<Row> authors() {
        return library.db.objects("author");
    }

    @Test
    void explain_marksFullScans() {
        Plan scan = plan(authors().filter("age__gt", 30));

        assertThat(scan.fullScans()).hasSize(1);
        assertThat(scan.steps().get(0).isFullScan()).isTrue();
        assertThat(scan).hasToString("SCAN author  <- full scan");
        Plan search = plan(authors().filter("id", 1));
        assertThat(search.fullScans()).isEmpty();
        assertThat(search).hasToString("SEARCH author USING INTEGER PRIMARY KEY (rowid=?)");
    }

    @Test
    void explain_findsScansInside() {
        Plan plan = plan(authors()
                .filter(
                        "id__in",
                        library.db.objects("review").filter("stars", 5).values("id")));

        assertThat(plan.fullScans()).extracting(Plan.Step::detail).containsExactly("SCAN review");
        assertThat(plan(authors().filter("id__in", List.of(1, 2))).fullScans()).isEmpty();
    }

    @Test
    void explain_afterAnIndexIsMade_tellsTheNewPlan() {
        QuerySet<Row> query = authors().filter("age", 30);
        assertThat(plan(query).fullScans()).hasSize(1);

        library.db.sql("CREATE INDEX author_age ON author(age)").execute().block(Fixture.PATIENCE);

        assertThat(plan(query)).hasToString("SEARCH author USING INDEX author_age (age=?)");
    }

    @Test
    void explain_sqlOfYourOwn_isNotRun() {
        RawSql delete = library.db.sql("DELETE FROM author WHERE age > ?", 30);

        assertThat(delete.explain().map(Plan::fullScans).block(Fixture.PATIENCE))
                .extracting(Plan.Step::detail)
                .containsExactly("SCAN author");
        assertThat(library.jdbc("SELECT count(*) FROM author")).containsExactly(List.of(5));
    }

    @Test
    void explain_ofNothing_isEmpty() {
        library.sent();
        assertThat(plan(authors().none()).steps()).isEmpty();
        assertThat(library.sent()).isEmpty();
    }

    @Test
    void comment_standsBeforeTheStatement() {
        QuerySet<Row> query = authors().filter("id", 1).comment("GET /authors/{id}");

        assertThat(query.toSql().sql()).startsWith("/* GET /authors/{id} */ SELECT ");
        assertThat(library.keys(query)).containsExactly(1L);
        assertThat(query.count().block(Fixture.PATIENCE)).isEqualTo(1);
        assertThat(library.sent()).hasSize(2).allMatch(sql -> sql.startsWith("/* GET /authors/{id} */ SELECT "));
    }

    @Test
    void comment_cannotEndItself() {
        for (String hostile : List.of(
                "*/ DROP TABLE author; --",
                "**//",
                "*" + "*/" + "/ DROP TABLE author; /*",
                "/*",
                "*/*/",
                "?",
                "\n--",
                "$1 :a @b",
                "'",
                "\"",
                "\0")) {
            QuerySet<Row> query = authors().filter("id", 1).comment(hostile);
            String sql = query.toSql().sql();
            assertThat(sql.substring(sql.indexOf("SELECT ")))
                    .as(sql)
                    .isEqualTo(authors().filter("id", 1).toSql().sql());
            assertThat(sql).matches("(?s)(/\\* (?:(?!\\*/).)* \\*/ )?SELECT .*");
            assertThat(library.keys(query)).as(hostile).containsExactly(1L);
        }
        assertThat(library.jdbc("SELECT count(*) FROM author")).containsExactly(List.of(5));
    }
}
