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
import rillite.querysets.schema.ColumnType;
import rillite.querysets.schema.Relation;

/**
 * What names mean in one SELECT of a query: columns, relations, annotations. Immutable.
 *
 * <p>Related rows stand in a SELECT within. There, names are either those of the related table, or still those of the
 * query, of which the ones that lead through the relation mean the related row and the others the row around it.
 */
final class Names {

    static final String PK = "pk";

    private static final Predicate<Path> NO_REPEATS = path -> false;

    private final Database database;
    private final @Nullable Position root;
    private final Map<String, Annotation> annotations;
    private final Map<String, FilteredRelation> filtered;
    private final @Nullable Names around;
    private final Reached.@Nullable Many entered;
    private final @Nullable Predicate<Path> groups;

    private Names(
            Database database,
            @Nullable Position root,
            Map<String, Annotation> annotations,
            Map<String, FilteredRelation> filtered,
            @Nullable Names around,
            Reached.@Nullable Many entered,
            @Nullable Predicate<Path> groups) {
        this.database = database;
        this.root = root;
        this.annotations = annotations;
        this.filtered = filtered;
        this.around = around;
        this.entered = entered;
        this.groups = groups;
    }

    /** The names of a query; without a root only its annotations have names. */
    static Names of(
            Database database,
            @Nullable Position root,
            Map<String, Annotation> annotations,
            Map<String, FilteredRelation> filtered) {
        return new Names(database, root, annotations, filtered, null, null, null);
    }

    /** The names of a table alone. */
    static Names of(Database database, TableModel model) {
        return of(database, Position.root(model), Map.of(), Map.of());
    }

    /** These names, for aggregates of all rows. */
    Names grouping() {
        return grouping(NO_REPEATS);
    }

    /**
     * These names, for aggregates of groups of rows.
     *
     * @param repeats whether the rows repeat for the rows at the end of a way
     */
    Names grouping(Predicate<Path> repeats) {
        return new Names(database, root, annotations, filtered, around, entered, repeats);
    }

    boolean isGrouping() {
        return groups != null;
    }

    /** Whether rows are grouped by values of the rows at the end of a way. */
    boolean groupsBy(Path path) {
        return groups != null && groups.test(path);
    }

    /** The names of a row behind joins of this one. */
    Names at(Position position) {
        return new Names(database, position, Map.of(), Map.of(), around, null, null);
    }

    Database database() {
        return database;
    }

    @Nullable Position root() {
        return root;
    }

    /**
     * The rows of a relation in a SELECT of their own.
     *
     * @param correlation ties its rows to the row around it
     */
    record Within(Source.Base source, Names names, Condition correlation) {}

    /** Enters a relation; names are those of the related table, and outer names those of this one. */
    Within within(Reached.Many many) {
        Position position = position(many);
        return within(many, new Names(database, position, Map.of(), Map.of(), this, null, null));
    }

    /** Enters a relation; names stay the ones of this table, and those that lead through the relation mean the related row. */
    Within entering(Reached.Many many) {
        return within(many, new Names(database, position(many), Map.of(), Map.of(), this, many, null));
    }

    private static Position position(Reached.Many many) {
        Relation.Link link = many.relation().link();
        TableModel target = many.owner().model().target(many.relation());
        return link == null ? Position.root(target) : Position.behindLink(target, link);
    }

    private Within within(Reached.Many many, Names inner) {
        Relation relation = many.relation();
        Relation.Link link = relation.link();
        Position position = inner.requireRoot(many.name());
        List<Condition> correlation = new ArrayList<>(2);
        for (int i = 0; i < relation.from().size(); i++) {
            Column to = relation.to().get(i);
            Column from = relation.from().get(i);
            Expression here = ColumnRef.of(to);
            Expression owner = many.owner().columnFromWithin(from);
            // SQLite compares by the collation of the first one, which must be that of the referenced column.
            boolean same = to.collation().equals(from.collation());
            correlation.add(
                    new Condition.Compare(Condition.Comparison.EQUAL, same ? here : owner, same ? owner : here));
        }
        if (many.filtered() != null) {
            Names own = of(database, position, Map.of(), Map.of());
            correlation.add(own.condition(many.filtered().condition().node()));
        }
        Source.Base source = link == null ? position.model().source() : new Source.Base(link.table());
        return new Within(source, inner, Condition.all(correlation));
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
        return value instanceof Expr<?, ?> || value instanceof Query<?, ?, ?>
                ? expression(ExprNode.ofValue(value))
                : null;
    }

    /** What a name that a sub-query takes from outside means here. */
    Expression outer(String key) {
        return expression(new ExprNode.Key(KeyPath.of(key)));
    }

    /** An outer name within these names: of the row around, or of a query that is not known yet. */
    Expression outer(ExprNode.Outer outer) {
        if (around == null) {
            return new Expression.Outer(outer.key(), outer.levels());
        }
        Expression there;
        if (entered != null) {
            there = around.outer(outer);
        } else if (outer.levels() > 1) {
            there = around.outer(new ExprNode.Outer(outer.key(), outer.levels() - 1));
        } else {
            there = around.outer(outer.key());
        }
        return Rewriter.shifting(1).apply(there);
    }

    List<Ordering> ordering(String term) {
        return new Orderings(this).of(term);
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
        if (entered != null && around != null) {
            Reached reached = around.reach(key);
            return reached.equals(entered)
                    ? follow(requireRoot(key.text()), key, entered.next())
                    : reached.fromWithin(key);
        }
        Reached.Value annotated = annotations.isEmpty() ? null : annotated(key);
        if (annotated != null) {
            return annotated;
        }
        Position here = requireRoot(key.text());
        Column whole = key.size() > 1 ? here.model().find(key.text()) : null;
        return whole != null ? value(here, whole, key, key.size()) : follow(here, key, 0);
    }

    /** The annotation at the start of a key; its name may contain what separates parts of keys. */
    private Reached.@Nullable Value annotated(KeyPath key) {
        for (int size = 1; size <= key.size(); size++) {
            Annotation annotation = annotations.get(size == 1 ? key.segment(0) : key.start(size));
            if (annotation != null) {
                return new Reached.Value(annotation.operand().under(key.text()), size);
            }
        }
        return null;
    }

    /** Follows a key from one of its parts on, which names something of the row at a position. */
    Reached follow(Position start, KeyPath key, int from) {
        Position here = start;
        for (int i = from; i < key.size(); i++) {
            String segment = key.segment(i);
            TableModel model = here.model();
            Column column = model.find(segment);
            boolean last = i + 1 == key.size();
            if (column != null && FullText.isWhole(column) && !last && model.find(key.segment(i + 1)) != null) {
                continue;
            }
            if (column != null) {
                return column(here, column, key, i);
            }
            if (segment.equals(PK)) {
                return whole(here, i + 1);
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
            if (relation == null && i > 0 && i == from && isLookup(segment)) {
                break;
            }
            if (relation == null) {
                throw unknown(key, i, model);
            }
            Position owner = narrowed != null ? owner(narrowed) : here;
            if (relation.kind().isMany()) {
                String name = narrowed != null ? segment : relation.name();
                return new Reached.Many(owner, relation, name, narrowed, i + 1);
            }
            here = narrowed == null ? here.join(relation) : join(owner, relation, segment, narrowed);
            if (i + 1 == key.size() || !here.model().hasName(key.segment(i + 1))) {
                if (i + 1 < key.size() && !isLookup(key.segment(i + 1))) {
                    throw unknown(key, i + 1, here.model());
                }
                return keys(here, relation, i + 1);
            }
        }
        return whole(here, from);
    }

    private static Reached.Value column(Position here, Column column, KeyPath key, int part) {
        if (part + 1 < key.size() && column.type() != ColumnType.JSON && !isLookup(key.segment(part + 1))) {
            for (Relation relation : here.model().relations()) {
                if (relation.kind() == Relation.Kind.TO_ONE
                        && relation.from().equals(List.of(column))
                        && here.model().target(relation).hasName(key.segment(part + 1))) {
                    throw Errors.columnNotRelation(
                            key.text(), key.segment(part), column.qualifiedName(), relation.name());
                }
            }
        }
        return value(here, column, key, part + 1);
    }

    private static boolean isLookup(String segment) {
        return Lookup.find(segment) != null || Transform.find(segment) != null;
    }

    /** The rows of a relation, joined to the rows of these names, which repeat. */
    Position join(Reached.Many many) {
        return many.filtered() == null
                ? many.owner().join(many.relation())
                : join(many.owner(), many.relation(), many.name(), many.filtered());
    }

    private Position join(Position owner, Relation relation, String name, FilteredRelation narrowed) {
        Position plain = owner.join(relation, Condition.ALWAYS, name);
        Condition on = of(database, plain, Map.of(), Map.of())
                .condition(narrowed.condition().node());
        return owner.join(relation, on, name);
    }

    /** The row behind the last relation of a key, from one of its parts on. */
    Position lastRelated(Position start, KeyPath key, int from) {
        Position here = start;
        for (int i = from; i < key.size(); i++) {
            String segment = key.segment(i);
            FilteredRelation narrowed = i == 0 ? filtered.get(segment) : null;
            Relation relation =
                    here.model().find(segment) == null ? here.model().relation(segment) : null;
            if (narrowed != null) {
                here = join(owner(narrowed), relation(narrowed), segment, narrowed);
            } else if (relation != null) {
                here = here.join(relation);
            } else {
                return here;
            }
        }
        return here;
    }

    /** A row as the value of its key. */
    static Reached.Keys whole(Position position, int next) {
        List<Column> key = position.model().keyFor("read the key of");
        return new Reached.Keys(position.columns(key), key, position, next);
    }

    @Nullable Operand annotation(String name) {
        Annotation annotation = annotations.get(name);
        return annotation == null ? null : annotation.operand();
    }

    private static Reached keys(Position position, Relation relation, int next) {
        List<Column> columns = relation.kind() == Relation.Kind.TO_ONE
                ? relation.to()
                : position.model().keyFor("compare rows of");
        return new Reached.Keys(position.columns(columns), columns, position, next);
    }

    private static Reached.Value value(Position position, Column column, KeyPath key, int next) {
        return new Reached.Value(Operand.of(position, column, key.text()), next);
    }

    private UnknownFieldException unknown(KeyPath key, int part, TableModel model) {
        List<String> fields = new ArrayList<>(model.columnNames());
        List<String> relations = new ArrayList<>(model.relationNames());
        relations.addAll(model.fullTextNames());
        if (root != null && part == 0 && model == root.model()) {
            fields.addAll(annotations.keySet());
            relations.addAll(filtered.keySet());
        }
        return Errors.unknownField(key.segment(part), key.text(), part, model.name(), fields, relations);
    }

    /** The relation that a narrowed one is made of. */
    Relation relation(FilteredRelation narrowed) {
        KeyPath path = narrowed.path();
        TableModel model = owner(narrowed).model();
        String last = path.segment(path.size() - 1);
        Relation relation = model.relation(last);
        if (relation == null) {
            throw Errors.unknownRelation(path, path.size() - 1, model);
        }
        return relation;
    }

    /** The row whose relation is narrowed: this one, or one it points to. */
    private Position owner(FilteredRelation narrowed) {
        KeyPath path = narrowed.path();
        Position here = requireRoot(path.text());
        for (int i = 0; i + 1 < path.size(); i++) {
            Relation relation = here.model().relation(path.segment(i));
            if (relation == null) {
                throw Errors.unknownRelation(path, i, here.model());
            }
            if (relation.kind().isMany()) {
                throw Errors.toMany(
                        "narrow",
                        path,
                        relation.qualifiedName(),
                        "Narrow it, and name the next relation in conditions.");
            }
            here = here.join(relation);
        }
        return here;
    }
}
