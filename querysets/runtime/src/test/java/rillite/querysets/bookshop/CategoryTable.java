package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class CategoryTable<R> extends Table<R, Category> {

    public static final CategoryTable<Category> CATEGORY = new CategoryTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> name = textCol("name");
    public final LongCol<R> parentId = longCol("parent_id");

    private CategoryTable() {
        super(Category.class, "category");
    }

    CategoryTable(Table<R, ?> from, String relation) {
        super(Category.class, "category", from, relation);
    }

    public CategoryTable<R> parent() {
        return new CategoryTable<>(this, "parent");
    }

    public ToMany<R, Book, BookTable<Book>> books() {
        return toMany("books", BookTable.BOOK);
    }

    public ToMany<R, Category, CategoryTable<Category>> categoriesAsParent() {
        return toMany("categories_as_parent", CATEGORY);
    }

    @Override
    protected Category read(Cells row) {
        return new Category(
                row.get(id),
                row.get(name),
                row.ref("parent", CATEGORY, parentId),
                row.refs("books", BookTable.BOOK),
                row.refs("categories_as_parent", CATEGORY));
    }

    @Override
    protected @Nullable Object value(Category row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.name();
            case 2 -> row.parent().id();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Category row) {
        return List.of(row.parent(), row.books(), row.categoriesAsParent());
    }
}
