package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Library cases by their id, as calls on one database. */
abstract class LibraryCalls {

    final Database db;
    final QuerySet<Row> authors;
    final QuerySet<Row> books;
    final QuerySet<Row> reviews;
    final QuerySet<Row> tags;
    final QuerySet<Row> publishers;

    private final Map<String, Supplier<Publisher<?>>> calls = new LinkedHashMap<>();

    LibraryCalls(Database db) {
        this.db = db;
        authors = db.objects("author");
        books = db.objects("book");
        reviews = db.objects("review");
        tags = db.objects("tag");
        publishers = db.objects("publisher");
    }

    /** Every case that has a call. */
    static Map<String, Supplier<Publisher<?>>> of(Database db) {
        Map<String, Supplier<Publisher<?>>> all = new LinkedHashMap<>();
        for (LibraryCalls some :
                List.of(new LibraryConditionCalls(db), new LibraryRowCalls(db), new LibraryAggregateCalls(db))) {
            some.calls.forEach((id, call) -> put(all, id, call));
        }
        Map<String, Function<Database, Publisher<?>>> more = new LinkedHashMap<>();
        LibraryWriteCalls.addTo(more);
        LibraryLoadingCalls.addTo(more);
        more.forEach((id, call) -> put(all, id, () -> call.apply(db)));
        return all;
    }

    /** The same for any database. */
    static Map<String, Function<Database, Publisher<?>>> all(Set<String> ids) {
        Map<String, Function<Database, Publisher<?>>> all = new LinkedHashMap<>();
        ids.forEach(id ->
                all.put(id, db -> Objects.requireNonNull(of(db).get(id), id).get()));
        return all;
    }

    private static void put(Map<String, Supplier<Publisher<?>>> all, String id, Supplier<Publisher<?>> call) {
        if (all.put(id, call) != null) {
            throw new IllegalStateException(id + " has two calls");
        }
    }

    final void call(String id, Supplier<Publisher<?>> call) {
        calls.put(id, call);
    }

    /** A row of a table, as if it had been read before. */
    final Row row(String table, @Nullable Object... values) {
        return new Row(db.model(table).shape(), values);
    }
}
