package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Path;
import rillite.querysets.ast.Rewriter;
import rillite.querysets.ast.Source;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/**
 * What names mean in one SELECT of a query: columns, relations, annotations. Immutable.
 *
 * <p>A condition on related rows stands in a SELECT within; it knows the ones that the right sides of its
 * comparisons use, and how many SELECTs lie between.
 */
final class Names {

    static final String PK = "pk";

    private final Database database;
    private final @Nullable Position root;
    private final Map<String, Annotation> annotations;
    private final Map<String, FilteredRelation> filtered;
    private final @Nullable Names around;
    private final @Nullable Names writer;
    private final int depth;
    private final boolean grouping;

    private Names(
            Database database,
            @Nullable Position root,
            Map<String, Annotation> annotations,
            Map<String, FilteredRelation> filtered,
            @Nullable Names around,
            @Nullable Names writer,
            int depth,
            boolean grouping) {
        this.database = database;
        this.root = root;
        this.annotations = annotations;
        this.filtered = filtered;
        this.around = around;
        this.writer = writer;
        this.depth = depth;
        this.grouping = grouping;
    }

    /** The names of a query; without a root only its annotations have names. */
    static Names of(
            Database database,
            @Nullable Position root,
            Map<String, Annotation> annotations,
            Map<String, FilteredRelation> filtered) {
        return new Names(database, root, annotations, filtered, null, null, 0, false);
    }

    /** These names, for aggregates of groups of rows. */
    Names grouping() {
        return new Names(database, root, annotations, filtered, around, writer, depth, true);
    }

    boolean isGrouping() {
        return grouping;
    }

    /** The names of a row behind joins of this one. */
    Names at(Position position) {
        return new Names(database, position, Map.of(), Map.of(), around, writer, depth, false);
    }

    Database database() {
        return database;
    }

    @Nullable Position root() {
        return root;
    }

    /** The names of the SELECT around this one, where this one is part of the same call. */
    @Nullable Names around() {
        return around;
    }

    /**
     * The rows of a relation in a SELECT of their own.
     *
     * @param names names of the related table
     * @param correlation ties its rows to the row around it
     */
    record Within(Source.Base source, Names names, Condition correlation) {}

    /**
     * Enters a relation.
     *
     * @param ownNames whether right sides of comparisons use the names of the related table instead of those around
     */
    Within within(Reached.Many many, boolean ownNames) {
        Relation relation = many.relation();
        TableModel target = many.owner().model().target(relation);
        Relation.Link link = relation.link();
        List<Condition> correlation = new ArrayList<>();
        for (int i = 0; i < relation.from().size(); i++) {
            correlation.add(new Condition.Compare(
                    Condition.Comparison.EQUAL,
                    ColumnRef.of(relation.to().get(i)),
                    many.owner().columnFromWithin(relation.from().get(i))));
        }
        Position position = link == null ? Position.root(target) : Position.behindLink(target, link);
        Names inner = ownNames
                ? new Names(database, position, Map.of(), Map.of(), this, null, 0, false)
                : new Names(
                        database,
                        position,
                        Map.of(),
                        Map.of(),
                        around,
                        writer == null ? this : writer,
                        depth + 1,
                        false);
        if (many.filtered() != null) {
            Names names = new Names(database, position, Map.of(), Map.of(), null, null, 0, false);
            correlation.add(names.condition(many.filtered().condition().node()));
        }
        return new Within(
                new Source.Base(link == null ? target.table() : link.table()), inner, Condition.all(correlation));
    }

    Condition condition(Q.Node node) {
        return new Conditions(this).of(node);
    }

    /** A condition that every row of the query must fulfil. */
    Condition certainCondition(Q.Node node) {
        return new Conditions(this, true).of(node);
    }

    Operand operand(ExprNode node) {
        return new Expressions(this).of(node);
    }

    Expression expression(ExprNode node) {
        return operand(node).expression();
    }

    /** The right side of a comparison when it is an expression or a query, else null. */
    @Nullable Expression right(@Nullable Object value) {
        if (!(value instanceof Expr<?, ?>) && !(value instanceof Query<?, ?, ?>)) {
            return null;
        }
        Names names = writer == null ? this : writer;
        return Rewriter.shifting(depth).apply(names.expression(ExprNode.ofValue(value)));
    }

    /** The value of a name of the query in which right sides are written, seen from a SELECT directly within this one. */
    Expression outer(String key) {
        Names names = writer == null ? this : writer;
        return Rewriter.shifting(depth).apply(names.expression(new ExprNode.Key(KeyPath.of(key))));
    }

    /** A term of orderBy: a key, with a leading minus for descending, or {@code ?} for random. */
    List<Ordering> ordering(String term) {
        return ordering(term, path -> false);
    }

    /**
     * As above.
     *
     * @param repeats whether the rows of the query repeat for the rows at the end of a way, so that they may be sorted by
     *     them
     */
    List<Ordering> ordering(String term, Predicate<Path> repeats) {
        if (term.equals("?")) {
            return List.of(new Ordering.Random());
        }
        boolean descending =
                term.startsWith("-") && (root == null || root.model().find(term) == null);
        KeyPath key = KeyPath.of(descending ? term.substring(1) : term);
        Reached reached = reach(key);
        if (reached instanceof Reached.Many many && repeats.test(join(many).path())) {
            Expression joined = new Expressions(this).joined(key, "order by").expression();
            return List.of(new Ordering.By(joined, descending, null));
        }
        List<Expression> expressions = reached instanceof Reached.Keys keys
                        && keys.left().size() > 1
                        && keys.next() == key.size()
                ? keys.left()
                : List.of(new Expressions(this).value(key, reached, "order by").expression());
        return expressions.stream()
                .<Ordering>map(expression -> new Ordering.By(expression, descending, null))
                .toList();
    }

    Ordering ordering(Sort<?> sort) {
        return new Ordering.By(expression(sort.node()), sort.descending(), sort.nulls());
    }

    /** One column of the table, for writes and keys. */
    Column column(String field, String wholeKey) {
        TableModel model = requireRoot(wholeKey).model();
        if (field.equals(PK) && model.find(PK) == null) {
            List<Column> key = model.keyFor("read pk of");
            if (key.size() > 1) {
                throw Errors.invalidQuery("The primary key of " + model.name() + " has " + key.size()
                        + " columns; name the one that is meant in \"" + wholeKey + "\".");
            }
            return key.get(0);
        }
        Column column = model.find(field);
        if (column != null) {
            return column;
        }
        Relation relation = model.relation(field);
        if (relation != null
                && relation.kind() == Relation.Kind.TO_ONE
                && relation.from().size() == 1) {
            return relation.from().get(0);
        }
        return model.column(field, wholeKey);
    }

    Position requireRoot(String key) {
        if (root == null) {
            throw Errors.unknownField(key, key, "the query", List.copyOf(annotations.keySet()));
        }
        return root;
    }

    /** Follows a key as far as it names relations, a column or an annotation. */
    Reached reach(KeyPath key) {
        Annotation annotation = annotations.get(key.text());
        if (annotation != null && key.segment(0).length() < key.text().length() && key.size() > 1) {
            return new Reached.Value(annotation.operand().under(key.text()), null, key.size());
        }
        annotation = annotations.get(key.segment(0));
        if (annotation != null) {
            return new Reached.Value(annotation.operand().under(key.text()), null, 1);
        }
        Position here = requireRoot(key.text());
        Column whole = key.size() > 1 ? here.model().find(key.text()) : null;
        if (whole != null) {
            return value(here, whole, key, key.size());
        }
        return follow(here, key, 0);
    }

    /** Follows a key from one of its segments on, which names something of the row at a position. */
    Reached follow(Position start, KeyPath key, int from) {
        Position here = start;
        for (int i = from; ; i++) {
            String segment = key.segment(i);
            TableModel model = here.model();
            Column column = model.find(segment);
            boolean last = i + 1 == key.size();
            if (column != null && FullText.isWhole(column) && !last && model.find(key.segment(i + 1)) != null) {
                continue;
            }
            if (column != null) {
                return value(here, column, key, i + 1);
            }
            if (segment.equals(PK)) {
                List<Column> columns = model.keyFor("read pk (in \"" + key + "\") of");
                return columns.size() == 1
                        ? value(here, columns.get(0), key, i + 1)
                        : new Reached.Keys(here.columns(columns), columns, here, model, i + 1);
            }
            FilteredRelation narrowed = i == 0 ? filtered.get(segment) : null;
            Relation relation = narrowed != null ? relation(narrowed) : model.relation(segment);
            Position index = relation == null ? FullText.index(here, segment) : null;
            if (index != null) {
                Column whole = FullText.whole(index.model().table());
                if (whole != null && (last || index.model().find(key.segment(i + 1)) == null)) {
                    return value(index, whole, key, i + 1);
                }
                here = index;
                continue;
            }
            if (relation == null) {
                throw unknown(segment, key, model);
            }
            if (narrowed != null || relation.kind().isMany()) {
                return new Reached.Many(here, relation, segment, narrowed, i + 1);
            }
            Position next = here.join(relation);
            if (i + 1 == key.size() || !next.model().hasName(key.segment(i + 1))) {
                return keys(next, relation, i + 1);
            }
            here = next;
        }
    }

    /** The rows of a relation, joined to the rows of these names, which repeat. */
    Position join(Reached.Many many) {
        FilteredRelation narrowed = many.filtered();
        if (narrowed == null) {
            return many.owner().join(many.relation());
        }
        Position plain = many.owner().join(many.relation(), Condition.ALWAYS, many.name());
        Condition on = of(database, plain, Map.of(), Map.of())
                .condition(narrowed.condition().node());
        return many.owner().join(many.relation(), on, many.name());
    }

    /** The row behind the last relation of a key. */
    Position lastRelated(KeyPath key) {
        Position here = requireRoot(key.text());
        for (int i = 0; i < key.size(); i++) {
            Relation relation =
                    here.model().find(key.segment(i)) == null ? here.model().relation(key.segment(i)) : null;
            if (relation == null) {
                return here;
            }
            here = here.join(relation);
        }
        return here;
    }

    /** A row as the value of its key. */
    static Reached whole(Position position, int next) {
        List<Column> key = position.model().keyFor("read the key of");
        return new Reached.Keys(position.columns(key), key, position, position.model(), next);
    }

    @Nullable Operand annotation(String name) {
        Annotation annotation = annotations.get(name);
        return annotation == null ? null : annotation.operand();
    }

    /** A value of these names, seen from a SELECT directly within; null when names are not known here. */
    @Nullable Expression outerFor(String key) {
        return root == null ? null : Rewriter.shifting(1).apply(expression(new ExprNode.Key(KeyPath.of(key))));
    }

    private static Reached keys(Position position, Relation relation, int next) {
        List<Column> columns = relation.kind() == Relation.Kind.TO_ONE
                ? relation.to()
                : position.model().keyFor("compare rows of");
        return new Reached.Keys(position.columns(columns), columns, position, position.model(), next);
    }

    private static Reached.Value value(Position position, Column column, KeyPath key, int next) {
        return new Reached.Value(Operand.of(position, column, key.text()), column, next);
    }

    private UnknownFieldException unknown(String segment, KeyPath key, TableModel model) {
        List<String> fields = new ArrayList<>(model.columnNames());
        List<String> relations = new ArrayList<>(model.relationNames());
        relations.addAll(model.fullTextNames());
        if (root != null && model == root.model()) {
            fields.addAll(annotations.keySet());
            relations.addAll(filtered.keySet());
        }
        return Errors.unknownField(segment, key.text(), model.name(), fields, relations);
    }

    /** The relation that a narrowed one is made of. */
    Relation relation(FilteredRelation narrowed) {
        TableModel model = requireRoot(narrowed.path().text()).model();
        Relation relation = model.relation(narrowed.path().segment(0));
        if (relation == null || narrowed.path().size() > 1) {
            throw Errors.unknownRelation(narrowed.path().text(), narrowed.path().text(), model);
        }
        return relation;
    }
}
