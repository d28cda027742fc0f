package rillite.querysets;

import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/** The library cases that need functions which SQLite lacks, as calls. */
final class LibraryFunctionCalls {

    private LibraryFunctionCalls() {}

    static Map<String, Function<Database, Publisher<?>>> all() {
        return Map.of(
                "L119", db -> db.objects("author").filter("email__istartswith", F.of("name")),
                "L120", db -> db.objects("author").filter("name__regex", "^[A-B]"),
                "L121", db -> db.objects("author").filter("name__iregex", "^a"));
    }
}
