package rillite.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.RealCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;

/** The items of the streams and point reads. */
final class ItemTable<R> extends Table<R, Item> {

    /** The table as the root of queries. */
    static final ItemTable<Item> ITEM = new ItemTable<>();

    final LongCol<R> id = longCol("id");
    final TextCol<R> name = textCol("name");
    final TextCol<R> email = textCol("email");
    final LongCol<R> amount = longCol("amount");
    final RealCol<R> score = realCol("score");

    private ItemTable() {
        super(Item.class, "item");
    }

    @Override
    protected Item read(Cells row) {
        return new Item(row.get(id), row.get(name), row.get(email), row.get(amount), row.get(score));
    }

    @Override
    protected @Nullable Object value(Item row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.name();
            case 2 -> row.email();
            case 3 -> row.amount();
            case 4 -> row.score();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Item row) {
        return List.of();
    }
}
