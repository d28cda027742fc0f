package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

/** The ranks of a window where two rows tie. */
@ParameterizedClass
@EnumSource(Access.class)
final class RankTests {

    private static final String SCRIPT = """
            CREATE TABLE score (name TEXT PRIMARY KEY, points INTEGER NOT NULL);
            INSERT INTO score VALUES ('a', 10), ('b', 20), ('c', 20), ('d', 30);
            """;

    @Parameter
    Access access = Access.BARE;

    private Fixture fixture;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.ofScript(access, directory, SCRIPT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** By points, then read in the order of names. */
    private void check(Window<Object, ?> window, String sql, Object... expected) {
        QuerySet<Row> ranked = fixture.db
                .objects("score")
                .annotate("place", window.orderBy("points"))
                .orderBy("name");
        assertThat(ranked.toSql().sql()).contains(sql + " OVER (ORDER BY \"score\".\"points\")");
        checkPlaces(ranked, expected);
    }

    private static void checkPlaces(QuerySet<Row> ranked, Object... expected) {
        List<Object> places = new ArrayList<>();
        StepVerifier.create(ranked.flux().map(row -> row.get("place")))
                .recordWith(() -> places)
                .expectNextCount(expected.length)
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThat(places).containsExactly(expected);
    }

    @Test
    void rank_leavesGapsAfterATie() {
        check(Window.rank(), "rank()", 1L, 2L, 2L, 4L);
    }

    @Test
    void denseRank_leavesNone() {
        check(Window.denseRank(), "dense_rank()", 1L, 2L, 2L, 3L);
    }

    @Test
    void percentRank_isTheShareOfRowsBelow() {
        check(Window.percentRank(), "percent_rank()", 0.0, 1 / 3.0, 1 / 3.0, 1.0);
    }

    @Test
    void cumeDist_isTheShareOfRowsUpToThePeers() {
        check(Window.cumeDist(), "cume_dist()", 0.25, 0.75, 0.75, 1.0);
    }

    @Test
    void ntile_dealsRowsIntoBuckets() {
        QuerySet<Row> dealt = fixture.db
                .objects("score")
                .annotate("place", Window.ntile(3).orderBy("points", "-name"))
                .orderBy("name");
        assertThat(dealt.toSql().sql())
                .contains("ntile(?) OVER (ORDER BY \"score\".\"points\", \"score\".\"name\" DESC)");
        checkPlaces(dealt, 1L, 2L, 1L, 3L);
    }
}
