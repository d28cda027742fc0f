package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/**
 * Writes one statement; with its helpers for expressions, conditions and writes the only place where SQL text of queries
 * comes into being.
 *
 * <p>Every name comes from the schema and is quoted; column names in expressions are qualified, because SQLite takes an
 * unknown double-quoted name that stands alone for a string. Values become {@code ?}.
 */
final class SqlRenderer implements Source.Visitor<StringBuilder>, Ordering.Visitor<StringBuilder> {

    private final StringBuilder sql = new StringBuilder(160);
    private final List<Bind> binds = new ArrayList<>();
    private final Map<Object, Level> levels;
    private final Aliases aliases;
    private final ExpressionRenderer expressions = new ExpressionRenderer(this);
    private final ConditionRenderer conditions = new ConditionRenderer(this);
    private @Nullable Scope scope;

    /**
     * Creates a renderer for one statement.
     *
     * @param levels what each SELECT and the statement itself joins
     * @param tables the names of all its tables in lower case
     */
    SqlRenderer(Map<Object, Level> levels, Set<String> tables) {
        this.levels = levels;
        aliases = new Aliases(tables);
    }

    StringBuilder sql() {
        return sql;
    }

    List<Bind> binds() {
        return binds;
    }

    Scope scope() {
        return Objects.requireNonNull(scope);
    }

    void write(Write write) {
        Level level = Objects.requireNonNull(levels.get(write));
        write.accept(new WriteRenderer(this, level));
    }

    /** Makes the table of a statement that writes the one to which columns belong. */
    void enter(Level level, Table target) {
        scope = Scope.of(null, level, aliases, new Source.Base(target));
    }

    void select(Select select) {
        select(select, List.of(), false);
    }

    /**
     * Writes a SELECT.
     *
     * @param names under which its columns are known outside; empty when no one asks
     * @param filtered whether WHERE must stand there even if it filters nothing
     */
    void select(Select select, List<String> names, boolean filtered) {
        Level level = Objects.requireNonNull(levels.get(select));
        Scope before = scope;
        Aliases known = before == null ? aliases : level.isCorrelated() ? before.aliases() : aliases.fresh();
        Scope own = Scope.of(before, level, known, select.source());
        scope = own;
        sql.append(select.distinct() ? "SELECT DISTINCT " : "SELECT ");
        columns(select.columns(), names);
        select.source().accept(this);
        joins(own, select.where());
        if (filtered && select.where().isAlways()) {
            sql.append(" WHERE true");
        }
        clause(" WHERE ", select.where());
        groups(select);
        order(" ORDER BY ", select.order());
        limit(select.limit(), select.offset());
        scope = before;
    }

    private void columns(List<Expression> columns, List<String> names) {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                sql.append(", ");
            }
            expression(columns.get(i));
            if (!names.isEmpty() && !names.get(i).equals(ownName(columns.get(i)))) {
                sql.append(" AS ");
                name(names.get(i));
            }
        }
    }

    private static @Nullable String ownName(Expression column) {
        if (column instanceof Expression.Output output) {
            return output.name();
        }
        // SQLite calls each name of the rowid "rowid" when it leaves a sub-select.
        return column instanceof Expression.ColumnRef ref && ref.column().position() >= 0
                ? ref.column().name()
                : null;
    }

    private void joins(Scope own, Condition where) {
        Level level = own.level();
        if (level.joinCount() == 0) {
            return;
        }
        boolean[] inner = NullRejection.innerJoins(level, where);
        for (int join : level.joinOrder()) {
            Hop hop = level.hop(join);
            sql.append(inner[join] ? " JOIN " : " LEFT JOIN ");
            table(hop.table(), own.name(join));
            String separator = " ON ";
            for (int i = 0; i < hop.to().size(); i++) {
                sql.append(separator);
                boolean turned = hop.comparesAsBefore(i);
                String before = own.name(level.parent(join));
                qualified(
                                turned ? before : own.name(join),
                                (turned ? hop.from() : hop.to()).get(i).name())
                        .append(" = ");
                qualified(
                        turned ? own.name(join) : before,
                        (turned ? hop.to() : hop.from()).get(i).name());
                separator = " AND ";
            }
            if (hop.hasCondition()) {
                sql.append(separator);
                int before = level.open(join);
                conditions.part(hop.on());
                level.open(before);
            }
        }
    }

    private void groups(Select select) {
        String separator = " GROUP BY ";
        for (Expression group : select.groups()) {
            sql.append(separator);
            expression(group);
            separator = ", ";
        }
        clause(" HAVING ", select.having());
    }

    /** Writes a keyword and a condition, or nothing when it always holds. */
    void clause(String keyword, Condition condition) {
        if (!condition.isAlways()) {
            sql.append(keyword);
            condition(condition);
        }
    }

    void order(String keyword, List<Ordering> order) {
        String separator = keyword;
        for (Ordering term : order) {
            sql.append(separator);
            term.accept(this);
            separator = ", ";
        }
    }

    private void limit(@Nullable Bind limit, @Nullable Bind offset) {
        if (limit != null) {
            sql.append(" LIMIT ");
            expression(limit);
        } else if (offset != null) {
            sql.append(" LIMIT -1");
        }
        if (offset != null) {
            sql.append(" OFFSET ");
            expression(offset);
        }
    }

    @Override
    public StringBuilder base(Source.Base source) {
        sql.append(" FROM ");
        return table(source.table(), scope().name(Level.ROOT));
    }

    @Override
    public StringBuilder derived(Source.Derived source) {
        sql.append(" FROM (");
        select(source.select(), source.names(), false);
        return alias(sql.append(')'));
    }

    @Override
    public StringBuilder compound(Source.Compound source) {
        sql.append(" FROM (");
        String separator = "";
        List<String> names = source.names();
        for (Select part : source.parts()) {
            sql.append(separator);
            if (part.isSliced()) {
                sql.append("SELECT * FROM (");
                select(part, names, false);
                sql.append(')');
            } else {
                select(part, names, false);
            }
            names = List.of();
            separator = " " + source.operation().sql() + " ";
        }
        return alias(sql.append(')'));
    }

    private StringBuilder alias(StringBuilder text) {
        String alias = scope().name(Level.ROOT);
        return alias.isEmpty() ? text : name(alias, text.append(" AS "));
    }

    @Override
    public StringBuilder elements(Source.Elements source) {
        sql.append(" FROM json_each(");
        expression(source.list());
        return sql.append(')');
    }

    @Override
    public StringBuilder nothing(Source.Nothing source) {
        return sql;
    }

    @Override
    public StringBuilder by(Ordering.By ordering) {
        expression(ordering.expression());
        if (ordering.descending()) {
            sql.append(" DESC");
        }
        if (ordering.nulls() != null) {
            sql.append(ordering.nulls() == Ordering.Nulls.FIRST ? " NULLS FIRST" : " NULLS LAST");
        }
        return sql;
    }

    @Override
    public StringBuilder random(Ordering.Random ordering) {
        return sql.append("random()");
    }

    void expression(Expression expression) {
        expression.accept(expressions);
    }

    void expressions(List<Expression> list) {
        String separator = "";
        for (Expression expression : list) {
            sql.append(separator);
            expression(expression);
            separator = ", ";
        }
    }

    void condition(Condition condition) {
        condition.accept(conditions);
    }

    void names(List<Column> columns) {
        String separator = "";
        for (Column column : columns) {
            sql.append(separator);
            name(column.name());
            separator = ", ";
        }
    }

    private StringBuilder table(Table table, String alias) {
        name(table.name());
        return alias.equals(table.name()) ? sql : name(alias, sql.append(" AS "));
    }

    StringBuilder qualified(String table, String column) {
        name(table).append('.');
        return name(column);
    }

    StringBuilder name(String name) {
        return name(name, sql);
    }

    private static StringBuilder name(String name, StringBuilder text) {
        return text.append('"').append(name.replace("\"", "\"\"")).append('"');
    }
}
