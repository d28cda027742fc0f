package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import rillite.querysets.ast.Condition.Compare;
import rillite.querysets.ast.Condition.Comparison;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;
import rillite.querysets.schema.Declaration;
import rillite.querysets.schema.Table;

/** The compiler: one text per shape, values in the order of the markers, folding. */
final class SqlCompilerTests {

    private static final Column ID =
            new Column("t", "id", 0, "INTEGER", ColumnType.INTEGER, true, null, null, 1, Column.Kind.ROWID, "BINARY");
    private static final Column V =
            new Column("t", "v", 1, "TEXT", ColumnType.TEXT, false, null, null, 0, Column.Kind.NORMAL, "BINARY");
    private static final Table T = new Table(
            "t",
            Table.Kind.TABLE,
            List.of(ID, V),
            List.of(ID),
            List.of(),
            List.of(),
            false,
            false,
            Declaration.UNKNOWN,
            null);
    private static final Source SOURCE = new Source.Base(T);

    private final SqlCompiler compiler = new SqlCompiler(4);

    private static Condition equal(Column column, Object value) {
        return new Compare(Comparison.EQUAL, ColumnRef.of(column), new Bind(value));
    }

    private static Select where(Condition condition) {
        return Select.of(SOURCE, List.of(ColumnRef.of(ID))).withWhere(condition);
    }

    @Test
    void compile_equalShapes_giveTheSameText() {
        SqlText first = compiler.compile(where(equal(ID, 1L)));
        SqlText second = compiler.compile(where(equal(ID, 2L)));
        assertThat(first.sql()).isEqualTo("SELECT \"t\".\"id\" FROM \"t\" WHERE \"t\".\"id\" = ?");
        assertThat(second.sql()).isSameAs(first.sql());
        assertThat(second.binds()).containsExactly(2L);
    }

    @Test
    void compile_differentShapes_areKeptApart() {
        assertThat(compiler.compile(where(equal(ID, 1L))).sql())
                .isNotEqualTo(compiler.compile(where(equal(V, "1"))).sql());
        Condition a = equal(ID, 1L);
        Condition b = equal(V, "x");
        assertThat(compiler.compile(where(Condition.all(List.of(a, b)))).sql())
                .isNotEqualTo(
                        compiler.compile(where(Condition.any(List.of(a, b)))).sql());
        assertThat(compiler.compile(where(a).withWindow(1, 0)).sql()).endsWith("LIMIT ?");
        assertThat(compiler.compile(where(a).withWindow(-1, 1)).sql()).endsWith("LIMIT -1 OFFSET ?");
    }

    @Test
    void compile_valueThatStandsTwice_isBoundTwice() {
        Bind shared = new Bind("same");
        Condition twice = Condition.any(List.of(
                new Compare(Comparison.EQUAL, ColumnRef.of(V), shared),
                new Compare(Comparison.GREATER, ColumnRef.of(V), shared)));
        assertThat(compiler.compile(where(twice)).binds()).containsExactly("same", "same");
        Condition apart = Condition.any(List.of(
                new Compare(Comparison.EQUAL, ColumnRef.of(V), new Bind("a")),
                new Compare(Comparison.GREATER, ColumnRef.of(V), new Bind("b"))));
        assertThat(compiler.compile(where(apart)).binds()).containsExactly("a", "b");
        assertThat(compiler.compile(where(twice)).binds()).containsExactly("same", "same");
    }

    @Test
    void compile_bindsInColumns_comeBeforeThoseOfTheCondition() {
        Select select = where(equal(ID, 5L)).withColumns(List.of(new Bind("first")));
        for (int i = 0; i < 2; i++) {
            assertThat(compiler.compile(select).binds()).containsExactly("first", 5L);
        }
    }

    @Test
    void not_isWrittenByWhetherItCanBeNull() {
        assertThat(compiler.compile(where(Condition.not(equal(ID, 1L)))).sql()).endsWith("NOT (\"t\".\"id\" = ?)");
        assertThat(compiler.compile(where(Condition.not(equal(V, "1")))).sql())
                .endsWith("(\"t\".\"v\" = ?) IS NOT TRUE");
    }

    @Test
    void nullBind_isPartOfTheShapeOnlyWhereItChangesTheText() {
        SqlText value = compiler.compile(where(Condition.not(equal(ID, 1L))));
        SqlText absent =
                compiler.compile(where(Condition.not(new Compare(Comparison.EQUAL, ColumnRef.of(ID), new Bind(null)))));
        assertThat(value.sql()).endsWith("NOT (\"t\".\"id\" = ?)");
        assertThat(absent.sql()).endsWith("(\"t\".\"id\" = ?) IS NOT TRUE");
        SqlText plain = compiler.compile(where(equal(ID, 1L)));
        assertThat(compiler.compile(where(new Compare(Comparison.EQUAL, ColumnRef.of(ID), new Bind(null))))
                        .sql())
                .isSameAs(plain.sql());
    }

    @Test
    void conditions_foldConstants() {
        Condition a = equal(ID, 1L);
        assertThat(Condition.all(List.of())).isEqualTo(Condition.ALWAYS);
        assertThat(Condition.any(List.of())).isEqualTo(Condition.NEVER);
        assertThat(Condition.all(List.of(a, Condition.NEVER))).isEqualTo(Condition.NEVER);
        assertThat(Condition.any(List.of(a, Condition.NEVER))).isSameAs(a);
        assertThat(Condition.any(List.of(a, Condition.ALWAYS))).isEqualTo(Condition.ALWAYS);
        assertThat(Condition.odd(List.of(a, Condition.ALWAYS))).isEqualTo(Condition.not(a));
        assertThat(Condition.not(Condition.not(a))).isSameAs(a);
        assertThat(Condition.not(Condition.ALWAYS)).isEqualTo(Condition.NEVER);
    }

    @Test
    void tree_rejectsTheImpossible() {
        assertThatThrownBy(() -> new Condition.And(List.of(Condition.ALWAYS)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Select.of(SOURCE, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Write.Update(T, List.of(), Condition.ALWAYS, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SqlCompiler(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cache_keepsWhatIsUsed_andForgetsTheRest() {
        ShapeCache cache = new ShapeCache(4);
        ShapeCache.Entry entry = new ShapeCache.Entry("sql", new int[0]);
        Shape kept = shape("kept");
        cache.put(kept, entry);
        for (int i = 0; i < 100; i++) {
            cache.put(shape(i), entry);
            assertThat(cache.find(kept)).isSameAs(entry);
            assertThat(cache.size()).isLessThanOrEqualTo(8);
        }
        assertThat(cache.find(shape(0))).isNull();
    }

    private static Shape shape(Object name) {
        Shape shape = new Shape();
        shape.name(name);
        return shape;
    }
}
