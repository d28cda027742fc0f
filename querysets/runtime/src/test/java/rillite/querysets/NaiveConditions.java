package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.core.testing.Draw;
import rillite.querysets.schema.Relation;

/** Draws conditions for one table of a shop. */
final class NaiveConditions {

    private static final List<String> TEXTS = List.of("", "a", "A", "b", "%", "_", "É", "éva", "\\");

    private final NaiveShop shop;
    private final Draw draw;

    NaiveConditions(NaiveShop shop, Draw draw) {
        this.shop = shop;
        this.draw = draw;
    }

    NaiveCondition draw(String table, int depth) {
        if (depth == 0 || draw.oneIn(3)) {
            return leaf(table);
        }
        return switch (draw.below(6)) {
            case 0, 1 -> new NaiveCondition.All(several(table, depth - 1));
            case 2, 3 -> new NaiveCondition.Any(several(table, depth - 1));
            case 4 -> new NaiveCondition.Odd(several(table, depth - 1));
            default -> new NaiveCondition.Not(draw(table, depth - 1));
        };
    }

    private List<NaiveCondition> several(String table, int depth) {
        List<NaiveCondition> parts = new ArrayList<>();
        int count = draw.between(2, 3);
        for (int i = 0; i < count; i++) {
            parts.add(draw(table, depth));
        }
        return parts;
    }

    private NaiveCondition leaf(String table) {
        List<Relation> path = new ArrayList<>();
        String here = table;
        while (path.size() < 3 && !draw.oneIn(2)) {
            List<Relation> relations = shop.relations(here);
            if (relations.isEmpty()) {
                break;
            }
            Relation relation = draw.pick(relations);
            path.add(relation);
            here = relation.target().name();
        }
        if (!path.isEmpty() && draw.oneIn(4)) {
            return whole(path);
        }
        String column = draw.pick("id", "n", "m", "t");
        return column.equals("t") ? text(path, column) : number(path, column);
    }

    private NaiveCondition whole(List<Relation> path) {
        return switch (draw.below(3)) {
            case 0 -> new NaiveCondition.Leaf(path, null, "exact", (long) draw.between(0, 5));
            case 1 -> new NaiveCondition.Leaf(path, null, "in", Arrays.asList(1L, null, (long) draw.between(2, 6)));
            default -> new NaiveCondition.Leaf(path, null, "isnull", draw.oneIn(2));
        };
    }

    private NaiveCondition number(List<Relation> path, String column) {
        long value = draw.between(-2, 5);
        return switch (draw.below(8)) {
            case 0 -> new NaiveCondition.Leaf(path, column, "isnull", draw.oneIn(2));
            case 1 -> new NaiveCondition.Leaf(path, column, "in", values(value));
            case 2 -> new NaiveCondition.Leaf(path, column, "range", List.of(value, (long) draw.between(0, 6)));
            case 3 ->
                new NaiveCondition.Leaf(
                        path,
                        column,
                        draw.pick("exact", "gt", "lte"),
                        new NaiveCondition.Own(draw.pick("id", "n", "m")));
            default -> new NaiveCondition.Leaf(path, column, draw.pick("exact", "gt", "gte", "lt", "lte"), value);
        };
    }

    private List<@Nullable Object> values(long value) {
        return draw.oneIn(5) ? List.of() : Arrays.asList(value, draw.oneIn(2) ? null : (Object) 2L);
    }

    private NaiveCondition text(List<Relation> path, String column) {
        if (draw.oneIn(5)) {
            return new NaiveCondition.Leaf(path, column, "isnull", draw.oneIn(2));
        }
        String lookup = draw.pick(
                "exact",
                "gt",
                "lte",
                "contains",
                "startswith",
                "endswith",
                "iexact",
                "icontains",
                "istartswith",
                "iendswith");
        return new NaiveCondition.Leaf(path, column, lookup, draw.pick(TEXTS));
    }
}
