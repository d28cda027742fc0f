package rillite.querysets.ast;

import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.REVIEW;
import static rillite.querysets.ast.Shelf.TO_AUTHOR;
import static rillite.querysets.ast.Shelf.TO_BOOKS;
import static rillite.querysets.ast.Shelf.TO_MENTOR;
import static rillite.querysets.ast.Shelf.TO_PUBLISHER;
import static rillite.querysets.ast.Shelf.TO_REVIEWS;
import static rillite.querysets.ast.Shelf.path;
import static rillite.querysets.ast.Shelf.via;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition.Comparison;
import rillite.querysets.ast.Expression.Aggregate;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.Branch;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Cast;
import rillite.querysets.ast.Expression.Choice;
import rillite.querysets.ast.Expression.Collated;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.ast.Expression.Frame;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Output;
import rillite.querysets.ast.Expression.Raw;
import rillite.querysets.ast.Expression.Scalar;
import rillite.querysets.ast.Expression.Total;
import rillite.querysets.ast.Expression.Truth;
import rillite.querysets.ast.Expression.Window;
import rillite.querysets.schema.Table;

/** Random SELECTs over the shelf: one seed for their form, another one for their values. */
final class RandomTrees {

    /** What a SELECT reads: a table and the ways from it, or named columns; null for what is not seen from inside. */
    private record Place(@Nullable Table table, List<Path> ways, List<String> names) {}

    private static final Place HIDDEN = new Place(null, List.of(), List.of());
    private static final List<Function> FUNCTIONS = List.of(
            Function.ABS,
            Function.LENGTH,
            Function.LOWER,
            Function.TRIM,
            Function.HEX,
            Function.TYPEOF,
            Function.COALESCE,
            Function.GREATEST,
            Function.LEAST,
            Function.SIGN,
            Function.FOLD,
            Function.ROUND);

    private final Random form;
    private final Random values;
    private final List<Place> places = new ArrayList<>();
    private final boolean sliced;

    RandomTrees(long form, long values, boolean sliced) {
        this.form = new Random(form);
        this.values = new Random(values);
        this.sliced = sliced;
    }

    Select select() {
        return select(3, 1 + form.nextInt(4));
    }

    private boolean chance(int percent) {
        return form.nextInt(100) < percent;
    }

    private <E> E one(List<E> list) {
        return list.get(form.nextInt(list.size()));
    }

    private <E> List<E> some(int least, int most, Supplier<E> each) {
        List<E> list = new ArrayList<>();
        int size = least + form.nextInt(most - least + 1);
        for (int i = 0; i < size; i++) {
            list.add(each.get());
        }
        return list;
    }

    private Select select(int depth, int width) {
        Source source = source(depth);
        Select select = Select.of(source, some(width, width, () -> chance(10) ? window() : expression(depth - 1)))
                .withWhere(condition(depth - 1))
                .withDistinct(chance(10))
                .withOrder(some(
                        0, 1, () -> new Ordering.By(column(), chance(50), chance(50) ? null : Ordering.Nulls.LAST)));
        if (chance(10)) {
            select = Select.of(source, some(width, width, this::aggregate))
                    .withGroups(some(1, 2, this::column), new Condition.Holds(aggregate()))
                    .withWhere(select.where());
        }
        places.remove(places.size() - 1);
        return sliced && chance(20) ? select.withWindow(1 + values.nextInt(3), values.nextInt(2) + 1) : select;
    }

    /** Makes a source and enters it. */
    private Source source(int depth) {
        if (depth <= 1 || chance(70)) {
            Table table = one(List.of(AUTHOR, BOOK, REVIEW));
            places.add(new Place(table, ways(table), List.of()));
            return new Source.Base(table);
        }
        places.add(HIDDEN);
        List<String> names = List.of("a", "id", "b\"c").subList(0, 1 + form.nextInt(3));
        Source source = chance(50)
                ? new Source.Derived(select(depth - 1, names.size()), names)
                : new Source.Compound(
                        one(List.of(Source.Operation.values())),
                        some(2, 3, () -> select(depth - 1, names.size())),
                        names);
        places.set(places.size() - 1, new Place(null, List.of(), names));
        return source;
    }

    private List<Path> ways(Table table) {
        List<Path> ways = new ArrayList<>(List.of(Path.ROOT));
        if (table.equals(AUTHOR)) {
            Hop big = TO_BOOKS.on(
                    new Condition.Compare(
                            Comparison.GREATER, via("pages", TO_BOOKS), new Bind(10L * values.nextInt(30))),
                    "big");
            ways.addAll(List.of(
                    path(TO_MENTOR),
                    path(TO_MENTOR, TO_MENTOR),
                    path(TO_BOOKS),
                    path(TO_BOOKS, TO_PUBLISHER),
                    path(big)));
        } else if (table.equals(BOOK)) {
            ways.addAll(List.of(path(TO_AUTHOR), path(TO_AUTHOR, TO_MENTOR), path(TO_PUBLISHER), path(TO_REVIEWS)));
        }
        return ways;
    }

    private Expression column() {
        return column(0);
    }

    private Expression column(int up) {
        Place place = places.get(places.size() - 1 - up);
        if (place == HIDDEN) {
            return new Expression.Number(form.nextInt(5));
        }
        if (place.table() == null) {
            return new Output(one(place.names()), true, up);
        }
        Path way = chance(50) ? Path.ROOT : one(place.ways());
        Table table = way.isRoot() ? place.table() : way.last().table();
        return new ColumnRef(way, one(table.columns()), up);
    }

    private Bind value() {
        return new Bind(
                chance(50) ? (Object) (long) values.nextInt(4) : one(List.of("A", "B", "C")) + values.nextInt(4));
    }

    private Expression expression(int depth) {
        if (depth <= 0 || chance(40)) {
            return chance(25) ? value() : column(chance(80) ? 0 : form.nextInt(places.size()));
        }
        Expression inner = expression(depth - 1);
        return switch (form.nextInt(10)) {
            case 0 -> new Call(one(FUNCTIONS), inner);
            case 1 -> new Call(one(List.of(Function.COALESCE, Function.GREATEST, Function.NULLIF)), inner, value());
            case 2 ->
                new Arithmetic(
                        one(List.of(Operator.PLUS, Operator.TIMES, Operator.CONCAT, Operator.DIVIDED)),
                        inner,
                        expression(depth - 1));
            case 3 -> new Negated(inner);
            case 4 -> new Cast(inner, one(List.of(Expression.Storage.values())));
            case 5 -> new Collated(inner, one(List.of(Expression.Collation.values())));
            case 6 -> new Truth(condition(depth - 1));
            case 7 ->
                new Choice(
                        some(1, 2, () -> new Branch(condition(depth - 1), expression(depth - 1))),
                        chance(50) ? null : inner);
            case 8 -> new Raw(List.of("ifnull(", ", ", ")"), List.of(inner, value()));
            default ->
                new Scalar(select(depth - 1, 1).withOrder(List.of()).withColumns(List.of(Aggregate.rows())), true);
        };
    }

    private Expression aggregate() {
        return one(List.of(
                Aggregate.rows(),
                new Aggregate(one(List.of(Total.SUM, Total.MIN, Total.MAX)), column(), false, Condition.ALWAYS, null),
                new Aggregate(Total.COUNT, column(), true, condition(0), null)));
    }

    private Expression window() {
        return new Window(
                one(List.of(new Call(Function.ROW_NUMBER), Aggregate.rows())),
                some(0, 1, this::column),
                Shelf.by(column(), column()),
                chance(50) ? null : new Frame(Frame.Unit.ROWS, null, (long) form.nextInt(2)));
    }

    private Condition condition(int depth) {
        if (depth > 0 && chance(40)) {
            return switch (form.nextInt(5)) {
                case 0 -> Condition.all(some(2, 3, () -> condition(depth - 1)));
                case 1 -> Condition.any(some(2, 3, () -> condition(depth - 1)));
                case 2 -> Condition.odd(some(2, 3, () -> condition(depth - 1)));
                case 3 -> new Condition.Exists(select(depth - 1, 1));
                default -> Condition.not(condition(depth - 1));
            };
        }
        Expression left = expression(depth - 1);
        return switch (form.nextInt(7)) {
            case 0 -> new Condition.Like(left, value());
            case 1 -> new Condition.Between(left, value(), value());
            case 2 -> new Condition.IsNull(left, chance(50));
            case 3 ->
                new Condition.InValues(
                        List.of(left),
                        List.of(new Bind("[" + values.nextInt(4) + ",\"A\"]")),
                        Condition.Elements.PLAIN);
            case 4 ->
                depth > 0 ? new Condition.InSelect(List.of(left), select(depth - 1, 1)) : new Condition.Holds(left);
            default -> new Condition.Compare(one(List.of(Comparison.values())), left, expression(depth - 1));
        };
    }
}
