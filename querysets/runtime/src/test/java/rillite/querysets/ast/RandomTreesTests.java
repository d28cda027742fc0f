package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for every tree, tried on thousands; a failure names the seed of its tree. */
final class RandomTreesTests {

    private static final int TREES = 3000;

    private Shelf shelf;

    @BeforeEach
    void open(@TempDir java.nio.file.Path directory) throws SQLException {
        shelf = Shelf.open(directory);
    }

    @AfterEach
    void close() throws SQLException {
        shelf.close();
    }

    private static Shape shape(Select select) {
        return new ShapeWalk(new Limits(IllegalStateException::new))
                .select(select)
                .shape();
    }

    @Test
    void everyTree_runs() throws SQLException {
        for (long seed = 0; seed < TREES; seed++) {
            Select select = new RandomTrees(seed, seed, true).select();
            try {
                shelf.run(select);
            } catch (SQLException e) {
                throw new AssertionError(
                        "tree " + seed + ": " + shelf.compile(select).sql(), e);
            }
        }
    }

    @Test
    void equalShapes_haveEqualTexts_whateverTheirValues() {
        Map<Shape, String> texts = new HashMap<>();
        int together = 0;
        for (long seed = 0; seed < TREES; seed++) {
            for (long values = 0; values < 2; values++) {
                Select select = new RandomTrees(seed, values, true).select();
                SqlText anew = new SqlCompiler(1).compile(select);
                String known = texts.putIfAbsent(shape(select), anew.sql());
                if (known != null) {
                    together++;
                    assertThat(anew.sql()).as("tree %d", seed).isEqualTo(known);
                }
                assertThat(shelf.compile(select)).as("tree %d", seed).isEqualTo(anew);
            }
        }
        assertThat(together).isGreaterThan(TREES / 2);
        assertThat(texts).hasSizeGreaterThan(TREES / 2);
    }

    @Test
    void innerJoins_neverLoseRows() throws SQLException {
        int inner = 0;
        for (long seed = 0; seed < TREES; seed++) {
            Select select = new RandomTrees(seed, seed, false).select();
            SqlText text = shelf.compile(select);
            String outer = text.sql().replace(" LEFT JOIN ", " JOIN ").replace(" JOIN ", " LEFT JOIN ");
            if (!outer.equals(text.sql()) && !outer.contains("group_concat")) {
                inner++;
                assertThat(sorted(text))
                        .as("tree %d: %s", seed, text)
                        .isEqualTo(sorted(new SqlText(outer, text.binds())));
            }
        }
        assertThat(inner).isGreaterThan(TREES / 20);
    }

    private List<String> sorted(SqlText text) throws SQLException {
        List<List<@Nullable Object>> rows = shelf.run(text).rows();
        return rows.stream().map(RandomTreesTests::text).sorted().toList();
    }

    private static String text(List<@Nullable Object> row) {
        return row.stream()
                .map(value ->
                        value instanceof ByteBuffer bytes ? Arrays.toString(bytes.array()) : String.valueOf(value))
                .toList()
                .toString();
    }

    @Test
    void conditionThatCannotBeNull_isNeverNull() throws SQLException {
        int certain = 0;
        for (long seed = 0; seed < TREES; seed++) {
            Select select = new RandomTrees(seed, seed, false).select();
            Condition condition = select.where();
            if (!condition.equals(Condition.ALWAYS) && !Nullability.canBeNull(condition)) {
                certain++;
                Select truths = Select.of(select.source(), List.of(new Expression.Truth(condition)));
                assertThat(shelf.run(truths).firsts()).as("tree %d", seed).doesNotContainNull();
            }
        }
        assertThat(certain).isGreaterThan(TREES / 10);
    }

    @Test
    void shiftedTree_meansTheSameFurtherIn() throws SQLException {
        for (long seed = 0; seed < TREES / 3; seed++) {
            Select inner = new RandomTrees(seed, seed, false).select().withOrder(List.of());
            Condition exists = new Condition.Exists(inner);
            Select around = Shelf.from(Shelf.PUBLISHER, Shelf.at(Shelf.PUBLISHER, "id"));
            Condition further = Rewriter.shifting(1).apply(exists);
            Select within = around.withWhere(new Condition.Exists(around.withWhere(further)));
            assertThat(shelf.run(within).rows())
                    .as("tree %d", seed)
                    .isEqualTo(shelf.run(around.withWhere(exists)).rows());
        }
    }
}
