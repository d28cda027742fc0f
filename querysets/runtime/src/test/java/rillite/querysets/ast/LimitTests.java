package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.TO_MENTOR;
import static rillite.querysets.ast.Shelf.and;
import static rillite.querysets.ast.Shelf.at;
import static rillite.querysets.ast.Shelf.bind;
import static rillite.querysets.ast.Shelf.by;
import static rillite.querysets.ast.Shelf.equal;
import static rillite.querysets.ast.Shelf.from;
import static rillite.querysets.ast.Shelf.greater;
import static rillite.querysets.ast.Shelf.keys;
import static rillite.querysets.ast.Shelf.not;
import static rillite.querysets.ast.Shelf.or;
import static rillite.querysets.ast.Shelf.outside;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Expression.Output;

/** What is as large as SQLite allows runs; what is larger is refused with the number before SQLite sees it. */
final class LimitTests {

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private final SqlCompiler compiler = new SqlCompiler(10, Refused::new);
    private Shelf shelf;

    @BeforeEach
    void open(@TempDir java.nio.file.Path directory) throws SQLException {
        shelf = Shelf.open(directory);
    }

    @AfterEach
    void close() throws SQLException {
        shelf.close();
    }

    private void refused(Select select, String... parts) {
        assertThatThrownBy(() -> compiler.compile(select))
                .isInstanceOf(Refused.class)
                .hasMessageContainingAll(parts);
    }

    private static <E> E nested(E start, int times, UnaryOperator<E> wrap) {
        E wrapped = start;
        for (int i = 0; i < times; i++) {
            wrapped = wrap.apply(wrapped);
        }
        return wrapped;
    }

    private static Condition pages(int bound) {
        return greater(at(BOOK, "pages"), (long) bound);
    }

    @Test
    void chainsOfThousands_run() throws SQLException {
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            parts.add(i % 2 == 0 ? pages(100) : not(pages(1000)));
        }
        assertThat(shelf.run(keys(BOOK, Condition.all(parts))).firsts()).containsExactly(2, 3);
        assertThat(shelf.run(keys(BOOK, Condition.any(parts))).firsts()).containsExactly(1, 2, 3);
        assertThat(shelf.run(keys(BOOK, Condition.odd(parts.subList(0, 3)))).firsts())
                .containsExactly(1, 2, 3);
        assertThat(shelf.run(keys(BOOK, Condition.odd(parts))).firsts()).isEmpty();
        assertThat(shelf.run(keys(BOOK, not(Condition.all(parts)))).firsts()).containsExactly(1);
    }

    @Test
    void chainsWithinChains_run() throws SQLException {
        Condition nested = pages(1);
        for (int i = 0; i < 7; i++) {
            List<Condition> parts = new ArrayList<>(Collections.nCopies(99, pages(i)));
            parts.add(nested);
            nested = i % 2 == 0 ? Condition.any(parts) : Condition.all(parts);
        }
        assertThat(shelf.run(keys(BOOK, nested)).firsts()).containsExactly(1, 2, 3);
    }

    @Test
    void heightOfAChain_isWhatItsTextHas() {
        assertThat(ConditionRenderer.height(2)).isEqualTo(1);
        assertThat(ConditionRenderer.height(100)).isEqualTo(99);
        assertThat(ConditionRenderer.height(101)).isEqualTo(51);
        assertThat(ConditionRenderer.height(100_000)).isLessThan(110);
    }

    @Test
    void depth_isRefusedBeforeSqliteDoesSo() throws SQLException {
        Expression deep = nested(at(BOOK, "pages"), 850, Negated::new);
        assertThat(shelf.run(from(BOOK, deep)).rows()).hasSize(3);
        refused(from(BOOK, nested(at(BOOK, "pages"), 1000, Negated::new)), "nest more than 900 deep");
        refused(keys(BOOK, nested(pages(1), 100_000, LimitTests::deeper)), "900");
    }

    private static Condition deeper(Condition condition) {
        return condition instanceof Condition.Or ? and(condition, pages(1)) : or(condition, pages(2));
    }

    @Test
    void depth_countsSubSelects() throws SQLException {
        Select deep = nested(
                from(AUTHOR, at(AUTHOR, "id")),
                40,
                inner -> from(AUTHOR, at(AUTHOR, "id")).withWhere(new Condition.Exists(inner)));
        assertThat(shelf.run(deep).rows()).hasSize(3);
        refused(
                nested(deep, 500, inner -> from(AUTHOR, at(AUTHOR, "id")).withWhere(new Condition.Exists(inner))),
                "900");
    }

    @Test
    void derivedSources_nest() throws SQLException {
        Select deep = nested(
                from(BOOK, at(BOOK, "id")),
                60,
                inner -> Select.of(new Source.Derived(inner, List.of("id")), List.of(new Output("id", false, 0)))
                        .withWhere(greater(new Output("id", false, 0), 0L))
                        .withWindow(10, 0));
        assertThat(shelf.run(deep).rows()).hasSize(3);
    }

    @Test
    void tables_areAtMost64InOneJoin() throws SQLException {
        Path most = new Path(Collections.nCopies(63, TO_MENTOR));
        Select select = from(AUTHOR, new Expression.ColumnRef(most, Shelf.column(AUTHOR, "id"), 0));
        assertThat(shelf.run(select).rows()).hasSize(3);
        Path more = new Path(Collections.nCopies(64, TO_MENTOR));
        refused(from(AUTHOR, new Expression.ColumnRef(more, Shelf.column(AUTHOR, "id"), 0)), "more than 64 tables");
        Condition last = not(Condition.not(equal(new Expression.ColumnRef(most, Shelf.column(AUTHOR, "id"), 0), 1L)));
        assertThat(shelf.run(keys(AUTHOR, last)).sql()).doesNotContain("LEFT");
    }

    @Test
    void columns_areAtMost2000() throws SQLException {
        List<Expression> many = Collections.nCopies(2000, at(BOOK, "id"));
        assertThat(shelf.run(Select.of(new Source.Base(BOOK), many)).rows().get(0))
                .hasSize(2000);
        refused(Select.of(new Source.Base(BOOK), Collections.nCopies(2001, at(BOOK, "id"))), "2001 columns", "2000");
        Select one = from(BOOK, at(BOOK, "id"));
        refused(one.withOrder(Collections.nCopies(2001, by(at(BOOK, "id")).get(0))), "2001 terms in its order");
        refused(
                one.withGroups(Collections.nCopies(2001, (Expression) at(BOOK, "id")), Condition.ALWAYS),
                "2001 groups");
    }

    @Test
    void parts_areAtMost500() throws SQLException {
        Select part = from(BOOK, at(BOOK, "id"));
        Source most = new Source.Compound(Source.Operation.UNION, Collections.nCopies(500, part), List.of("id"));
        assertThat(shelf.run(Select.of(most, List.of(new Output("id", false, 0))))
                        .rows())
                .hasSize(3);
        Source more = new Source.Compound(Source.Operation.UNION, Collections.nCopies(501, part), List.of("id"));
        refused(Select.of(more, List.of(new Output("id", false, 0))), "501 parts", "500");
    }

    @Test
    void outerName_thatWasNotResolved_isRefused() {
        refused(keys(BOOK, equal(at(BOOK, "id"), new Expression.Outer("pages"))), "F.outer(\"pages\")", "sub-query");
    }

    @Test
    void arguments_ofACall() throws SQLException {
        Expression[] arguments = new Expression[100];
        java.util.Arrays.fill(arguments, bind(1L));
        Expression call = new Expression.Call(Expression.Function.GREATEST, arguments);
        assertThat(shelf.run(Select.of(Source.NOTHING, List.of(call))).firsts()).containsExactly(1);
        assertThat(outside(1, BOOK, "id").up()).isOne();
    }
}
