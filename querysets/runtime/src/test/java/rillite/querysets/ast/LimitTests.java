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
import static rillite.querysets.ast.Shelf.isNull;
import static rillite.querysets.ast.Shelf.keys;
import static rillite.querysets.ast.Shelf.not;
import static rillite.querysets.ast.Shelf.or;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Expression.Output;
import rillite.querysets.ast.Expression.Truth;

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

    static Stream<Arguments> wrappings() {
        Select authors = from(AUTHOR, at(AUTHOR, "id"));
        return Stream.of(
                Arguments.of("NOT", wrapping(condition -> not(new Condition.Holds(new Truth(condition))))),
                Arguments.of("AND, OR", wrapping(LimitTests::alternating)),
                Arguments.of("long chains", wrapping(condition -> {
                    List<Condition> parts = new ArrayList<>(Collections.nCopies(150, pages(1)));
                    parts.add(0, condition);
                    return condition instanceof Condition.Or ? Condition.all(parts) : Condition.any(parts);
                })),
                Arguments.of("XOR", wrapping(condition -> new Condition.Xor(List.of(condition, pages(1))))),
                Arguments.of("compare", wrapping(condition -> equal(new Truth(condition), 1L))),
                Arguments.of("LIKE", wrapping(condition -> new Condition.Like(new Truth(condition), bind("%")))),
                Arguments.of(
                        "BETWEEN",
                        wrapping(condition -> new Condition.Between(new Truth(condition), bind(0L), bind(1L)))),
                Arguments.of("IS NULL", wrapping(condition -> isNull(new Truth(condition)))),
                Arguments.of(
                        "IN",
                        wrapping(condition -> new Condition.InValues(
                                List.of(new Truth(condition)), List.of(bind("[1]")), Condition.Elements.PLAIN))),
                Arguments.of(
                        "CASE",
                        wrapping(condition -> new Condition.Holds(
                                new Expression.Choice(List.of(new Expression.Branch(condition, bind(1L))), bind(0L))))),
                Arguments.of(
                        "call",
                        wrapping(condition -> new Condition.Holds(
                                new Expression.Call(Expression.Function.ABS, new Truth(condition))))),
                Arguments.of(
                        "arithmetic",
                        wrapping(condition -> new Condition.Holds(new Expression.Arithmetic(
                                Expression.Operator.PLUS, new Negated(new Truth(condition)), bind(1L))))),
                Arguments.of(
                        "cast, collate",
                        wrapping(condition -> new Condition.Holds(new Expression.Collated(
                                new Expression.Cast(new Truth(condition), Expression.Storage.INTEGER),
                                Expression.Collation.NOCASE)))),
                Arguments.of(
                        "raw",
                        wrapping(condition -> new Condition.Holds(
                                new Expression.Raw(List.of("abs(", ")"), List.of(new Truth(condition)))))),
                Arguments.of("EXISTS", wrapping(condition -> new Condition.Exists(authors.withWhere(condition)))),
                Arguments.of(
                        "sub-select",
                        wrapping(condition ->
                                new Condition.Holds(new Expression.Scalar(authors.withWhere(condition), true)))));
    }

    private static UnaryOperator<Condition> wrapping(UnaryOperator<Condition> operator) {
        return operator;
    }

    private static Condition alternating(Condition condition) {
        return condition instanceof Condition.Or ? and(condition, pages(1)) : or(condition, pages(2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappings")
    void depth_isRefusedShortlyBeforeSqliteDoesSo(String name, UnaryOperator<Condition> wrap) throws SQLException {
        Select accepted = keys(BOOK, new Condition.Holds(new Expression.Number(1)));
        Select deeper = accepted;
        int depth = 0;
        while (isAccepted(deeper)) {
            accepted = deeper;
            deeper = deeper.withWhere(wrap.apply(deeper.where()));
            depth++;
        }
        assertThat(depth).isGreaterThan(5);
        shelf.run(accepted);
        refused(deeper, "nest more than 980 deep");
        refused(keys(BOOK, nested(deeper.where(), 20_000, wrap)), "more than");
    }

    private boolean isAccepted(Select select) {
        try {
            compiler.compile(select);
            return true;
        } catch (Refused tooDeep) {
            return false;
        }
    }

    @Test
    void derivedSources_nest() throws SQLException {
        Select deep = nested(from(BOOK, at(BOOK, "id")), 90, LimitTests::window);
        assertThat(shelf.run(deep).rows()).hasSize(3);
        refused(nested(deep, 90, LimitTests::window), "more than 100 sub-selects");
    }

    private static Select window(Select inner) {
        Output id = new Output("id", false, 0);
        return Select.of(new Source.Derived(inner, List.of("id")), List.of(id))
                .withWhere(greater(id, 0L))
                .withWindow(10, 0);
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
    void arguments_areAtMost100() throws SQLException {
        List<Expression> most = Collections.nCopies(100, new Expression.Number(1));
        Expression call = new Expression.Call(Expression.Function.GREATEST, most);
        assertThat(shelf.run(Select.of(Source.NOTHING, List.of(call))).firsts()).containsExactly(1);
        List<Expression> more = Collections.nCopies(101, new Expression.Number(1));
        Expression longer = new Expression.Call(Expression.Function.GREATEST, more);
        refused(Select.of(Source.NOTHING, List.of(longer)), "max", "101", "100");
    }
}
