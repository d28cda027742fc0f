package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.AnyCol;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;

public final class AwardTable<R> extends Table<R, Award> {

    public static final AwardTable<Award> AWARD = new AwardTable<>();

    public final TextCol<R> code = textCol("code");
    public final LongCol<R> bookId = longCol("book_id");
    public final AnyCol<R> detail = anyCol("detail");

    private AwardTable() {
        super(Award.class, "award");
    }

    AwardTable(Table<R, ?> from, String relation) {
        super(Award.class, "award", from, relation);
    }

    public BookTable<R> book() {
        return new BookTable<>(this, "book");
    }

    @Override
    protected Award read(Cells row) {
        return new Award(row.get(code), row.ref("book", BookTable.BOOK, bookId), row.orNull(detail));
    }

    @Override
    protected @Nullable Object value(Award row, int column) {
        return switch (column) {
            case 0 -> row.code();
            case 1 -> row.book().id();
            case 2 -> row.detail();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Award row) {
        return List.of(row.book());
    }
}
