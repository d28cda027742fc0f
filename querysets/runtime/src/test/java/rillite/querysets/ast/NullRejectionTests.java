package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.PUBLISHER;
import static rillite.querysets.ast.Shelf.TO_AUTHOR;
import static rillite.querysets.ast.Shelf.TO_MENTOR;
import static rillite.querysets.ast.Shelf.TO_PUBLISHER;
import static rillite.querysets.ast.Shelf.and;
import static rillite.querysets.ast.Shelf.at;
import static rillite.querysets.ast.Shelf.bind;
import static rillite.querysets.ast.Shelf.equal;
import static rillite.querysets.ast.Shelf.from;
import static rillite.querysets.ast.Shelf.greater;
import static rillite.querysets.ast.Shelf.isNull;
import static rillite.querysets.ast.Shelf.keys;
import static rillite.querysets.ast.Shelf.not;
import static rillite.querysets.ast.Shelf.or;
import static rillite.querysets.ast.Shelf.outside;
import static rillite.querysets.ast.Shelf.path;
import static rillite.querysets.ast.Shelf.via;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rillite.querysets.ast.Condition.Elements;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Cast;
import rillite.querysets.ast.Expression.Collated;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Expression.Operator;

/** A join is INNER exactly when no row without a partner could pass, as far as the form of the condition tells. */
final class NullRejectionTests {

    private static final Expression NAME = via("name", TO_PUBLISHER);
    private static final Expression PAGES = at(BOOK, "pages");
    private static final Condition NAMED = equal(NAME, "Pub1");
    private static final Condition LONG = greater(PAGES, 250L);
    private static final Select NAMES = from(PUBLISHER, at(PUBLISHER, "name"));
    private static final Condition CORRELATED = new Condition.Exists(
            NAMES.withWhere(equal(at(PUBLISHER, "name"), outside(1, PUBLISHER, "name", TO_PUBLISHER))));

    private Shelf shelf;

    @BeforeEach
    void open(@TempDir java.nio.file.Path directory) throws SQLException {
        shelf = Shelf.open(directory);
    }

    @AfterEach
    void close() throws SQLException {
        shelf.close();
    }

    private static Expression call(Function function, Expression... arguments) {
        return new Call(function, arguments);
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of("compare", NAMED, true),
                Arguments.of("compare on the right", equal(bind("Pub1"), NAME), true),
                Arguments.of("like", new Condition.Like(NAME, bind("Pub%")), true),
                Arguments.of("like pattern", new Condition.Like(bind("Pub1"), NAME), true),
                Arguments.of("between", new Condition.Between(NAME, bind("A"), bind("Z")), true),
                Arguments.of("between bound", new Condition.Between(bind("Q"), bind("A"), NAME), true),
                Arguments.of("is null", isNull(NAME), false),
                Arguments.of("is not null", not(isNull(NAME)), true),
                Arguments.of(
                        "in values",
                        new Condition.InValues(List.of(NAME), List.of(bind("[\"Pub1\"]")), Elements.PLAIN),
                        true),
                Arguments.of("in select", new Condition.InSelect(List.of(NAME), NAMES), true),
                Arguments.of("exists", CORRELATED, false),
                Arguments.of("not exists", not(CORRELATED), false),
                Arguments.of("holds", new Condition.Holds(call(Function.LENGTH, NAME)), true),
                Arguments.of(
                        "holds raw", new Condition.Holds(new Expression.Raw(List.of("", ""), List.of(NAME))), false),
                Arguments.of("and", and(NAMED, LONG), true),
                Arguments.of("or", or(NAMED, LONG), false),
                Arguments.of("or in both arms", or(NAMED, equal(NAME, "Pub2")), true),
                Arguments.of("or in both arms, deeper", or(and(NAMED, LONG), not(isNull(NAME))), true),
                Arguments.of("and over or", and(or(NAMED, LONG), NAMED), true),
                Arguments.of("not", not(NAMED), false),
                Arguments.of("not of not null", not(and(not(isNull(NAME)), LONG)), false),
                Arguments.of("xor", Condition.odd(List.of(NAMED, LONG)), false),
                Arguments.of("arithmetic", greater(new Arithmetic(Operator.PLUS, NAME, bind(1L)), 0L), true),
                Arguments.of("negated", greater(new Negated(NAME), -5L), true),
                Arguments.of("cast", equal(new Cast(NAME, Expression.Storage.TEXT), "Pub1"), true),
                Arguments.of("collated", equal(new Collated(NAME, Expression.Collation.NOCASE), "pub1"), true),
                Arguments.of("coalesce", equal(call(Function.COALESCE, NAME, bind("Pub1")), "Pub1"), false),
                Arguments.of("nullif", equal(call(Function.NULLIF, NAME, bind("x")), "Pub1"), true),
                Arguments.of("second of nullif", equal(call(Function.NULLIF, bind("x"), NAME), "x"), false),
                Arguments.of("hex", equal(call(Function.HEX, NAME), ""), false),
                Arguments.of("typeof", equal(call(Function.TYPEOF, NAME), "null"), false),
                Arguments.of("truth", equal(new Expression.Truth(isNull(NAME)), 1L), false),
                Arguments.of(
                        "case",
                        equal(
                                new Expression.Choice(List.of(new Expression.Branch(isNull(NAME), bind(1L))), bind(0L)),
                                1L),
                        false),
                Arguments.of(
                        "scalar",
                        equal(
                                new Expression.Scalar(
                                        from(PUBLISHER, Expression.Aggregate.rows())
                                                .withWhere(equal(
                                                        at(PUBLISHER, "name"),
                                                        outside(1, PUBLISHER, "name", TO_PUBLISHER))),
                                        false),
                                0L),
                        false),
                Arguments.of("constant", and(Condition.ALWAYS, LONG), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void join_isInnerOnlyIfTheConditionRejectsNull(String name, Condition where, Boolean inner) throws SQLException {
        Shelf.Result result = shelf.run(keys(BOOK, where));
        if (inner == null) {
            assertThat(result.sql()).doesNotContain("JOIN");
        } else {
            assertThat(result.sql()).contains(inner ? " JOIN " : " LEFT JOIN ");
            assertThat(result.sql().contains(" LEFT JOIN ")).isEqualTo(!inner);
        }
        assertThat(result.firsts())
                .isEqualTo(shelf.rows(allLeft(result)).stream()
                        .map(row -> row.get(0))
                        .toList());
    }

    /** The same statement with values in place and nothing but LEFT joins: INNER must never change the rows. */
    private static String allLeft(Shelf.Result result) {
        String sql = result.sql().replace(" LEFT JOIN ", " JOIN ").replace(" JOIN ", " LEFT JOIN ");
        for (Object value : result.binds()) {
            String literal = value instanceof String text ? "'" + text + "'" : String.valueOf(value);
            sql = sql.replaceFirst("\\?", literal);
        }
        return sql;
    }

    /** What the analysis takes for strict must give NULL for NULL in SQLite itself. */
    @ParameterizedTest
    @EnumSource(Function.class)
    void strictFunctions_giveNullForNull(Function function) throws SQLException {
        Expression age = via("age", TO_MENTOR);
        for (int width = 1; width <= 3; width++) {
            for (int place = 0; place < width; place++) {
                Expression[] arguments = new Expression[width];
                java.util.Arrays.fill(arguments, bind(1L));
                arguments[place] = age;
                Select select = from(AUTHOR, at(AUTHOR, "id")).withWhere(greater(new Call(function, arguments), 0L));
                if (shelf.compile(select).sql().contains("LEFT")) {
                    continue;
                }
                arguments[place] = bind(null);
                Select alone = Select.of(Source.NOTHING, List.of(new Call(function, arguments)));
                if (prepares(alone)) {
                    assertThat(shelf.run(alone).rows().get(0).get(0))
                            .as("%s with NULL at %d of %d", function, place, width)
                            .isNull();
                }
            }
        }
    }

    private boolean prepares(Select select) {
        try {
            shelf.run(select);
            return true;
        } catch (SQLException wrongNumberOfArguments) {
            return false;
        }
    }

    @Test
    void match_requiresItsTable() throws SQLException {
        Hop toNote = Shelf.hop(BOOK, "title", Shelf.NOTE, "title", true, false);
        Condition match = new Condition.Match(path(toNote), Shelf.NOTE, null, bind("salt"));
        Shelf.Result result = shelf.run(keys(BOOK, match));
        assertThat(result.plain()).contains(" FROM book JOIN note ON note.title = book.title WHERE note.note MATCH ? ");
        assertThat(result.firsts()).isEmpty();
    }

    @Test
    void requirement_ofOneJoin_leavesOthersAlone() throws SQLException {
        Select select = keys(BOOK, equal(via("name", TO_PUBLISHER), "Pub1"))
                .withColumns(List.of(at(BOOK, "id"), via("name", TO_AUTHOR, TO_MENTOR)));
        assertThat(shelf.run(select).plain()).contains(" LEFT JOIN author AS author_2", " JOIN publisher ON");
    }

    @Test
    void conditionOnTheStart_requiresOnlyIt() throws SQLException {
        Select select = keys(AUTHOR, equal(via("name", TO_MENTOR), "Ann"))
                .withColumns(List.of(at(AUTHOR, "id"), via("name", TO_MENTOR, TO_MENTOR)));
        assertThat(shelf.run(select).plain())
                .contains(" FROM author JOIN author AS author_2", " LEFT JOIN author AS author_3");
    }
}
