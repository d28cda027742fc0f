package rillite.querysets.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;

public final class ProfileTable<R> extends Table<R, Profile> {

    public static final ProfileTable<Profile> PROFILE = new ProfileTable<>();

    public final LongCol<R> id = longCol("id");
    public final LongCol<R> authorId = longCol("author_id");
    public final TextCol<R> bio = textCol("bio");

    private ProfileTable() {
        super(Profile.class, "profile");
    }

    ProfileTable(Table<R, ?> from, String relation) {
        super(Profile.class, "profile", from, relation);
    }

    public AuthorTable<R> author() {
        return new AuthorTable<>(this, "author");
    }

    @Override
    protected Profile read(Cells row) {
        return new Profile(row.get(id), row.ref("author", AuthorTable.AUTHOR, authorId), row.get(bio));
    }

    @Override
    protected @Nullable Object value(Profile row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.author().id();
            case 2 -> row.bio();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Profile row) {
        return List.of(row.author());
    }
}
