package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.AnyCol;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;

public final class BestsellerTable<R> extends Table<R, Bestseller> {

    public static final BestsellerTable<Bestseller> BESTSELLER = new BestsellerTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> title = textCol("title");
    public final AnyCol<R> sold = anyCol("sold");

    private BestsellerTable() {
        super(Bestseller.class, "bestseller");
    }

    BestsellerTable(Table<R, ?> from, String relation) {
        super(Bestseller.class, "bestseller", from, relation);
    }

    @Override
    protected Bestseller read(Cells row) {
        return new Bestseller(row.orNull(id), row.orNull(title), row.orNull(sold));
    }

    @Override
    protected @Nullable Object value(Bestseller row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.title();
            case 2 -> row.sold();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Bestseller row) {
        return List.of();
    }
}
