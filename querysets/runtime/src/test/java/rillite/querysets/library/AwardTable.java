package rillite.querysets.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;

public final class AwardTable<R> extends Table<R, Award> {

    public static final AwardTable<Award> AWARD = new AwardTable<>();

    public final LongCol<R> id = longCol("id");
    public final LongCol<R> authorId = longCol("author_id");
    public final TextCol<R> name = textCol("name");

    private AwardTable() {
        super(Award.class, "award");
    }

    AwardTable(Table<R, ?> from, String relation) {
        super(Award.class, "award", from, relation);
    }

    public AuthorTable<R> author() {
        return new AuthorTable<>(this, "author");
    }

    @Override
    protected Award read(Cells row) {
        return new Award(row.get(id), row.ref("author", AuthorTable.AUTHOR, authorId), row.get(name));
    }

    @Override
    protected @Nullable Object value(Award row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.author().id();
            case 2 -> row.name();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Award row) {
        return List.of(row.author());
    }
}
