package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Relation;

/**
 * Finds one row or makes it. What decides is one statement, and a file has one writer: of many that ask for the same row
 * at once, in whatever process, one makes it.
 *
 * @param <T> what a row is read as
 */
final class GetOrCreate<T> {

    // Another process may delete the row between the two statements; more often than this it is no coincidence.
    private static final int ATTEMPTS = 8;

    private final String verb;
    private final QuerySet<T> matching;
    private final Writing<T> writing;
    private final List<Pair> lookup;
    private final Writer writer;

    GetOrCreate(String verb, QuerySet<T> rows, List<Pair> lookup) {
        this.verb = verb;
        this.lookup = lookup;
        if (lookup.isEmpty()) {
            throw Errors.invalidQuery(verb + " of \"" + rows.state.table() + "\" needs a key to look for.");
        }
        QueryState state = rows.state.unsliced(verb);
        writer = new Writer(state);
        writer.checkInsert();
        matching = rows.with(state.filter(Q.ofPairs(lookup).node()).order(List.of()));
        writing = new Writing<>(matching.state, rows.mapper);
    }

    Mono<Created<T>> get(Fields defaults) {
        Fields row = newRow(defaults);
        Condition found = new Writer(matching.state).rows(verb);
        Mono<Created<T>> made =
                Mono.defer(() -> writing.row(writer.insertUnless(found, row))).map(value -> new Created<>(value, true));
        return found().switchIfEmpty(made)
                .repeatWhenEmpty(ATTEMPTS, signals -> signals)
                .onErrorMap(IllegalStateException.class, e -> neither());
    }

    private QueryException neither() {
        return Errors.invalidQuery(verb + " of \"" + matching.state.table() + "\" found no row and made none in "
                + (ATTEMPTS + 1) + " attempts: somebody deletes it again and again, or a trigger ignores it.");
    }

    private Mono<Created<T>> found() {
        return matching.with(Slices.limit(matching.state, MultipleObjectsException.LIMIT))
                .list()
                .flatMap(this::only);
    }

    private Mono<Created<T>> only(List<T> found) {
        if (found.size() > 1) {
            String many = (found.size() < MultipleObjectsException.LIMIT ? "" : "at least ") + found.size();
            return Mono.error(new MultipleObjectsException(
                    verb + " expects one row of " + matching.state.table() + ", " + many + " match.", found.size()));
        }
        return Mono.justOrEmpty(found.stream().findFirst()).map(value -> new Created<>(value, false));
    }

    Mono<Created<T>> update(Fields defaults, Fields createDefaults) {
        Fields row = newRow(createDefaults);
        boolean changes = !defaults.asMap().isEmpty();
        Write.@Nullable Update update =
                changes ? new Writer(matching.state).update(defaults, writer.returning()) : null;
        return writing.runner()
                .inWrite(session -> {
                    Mono<Created<T>> found = update == null
                            ? found()
                            : update.where().equals(Condition.NEVER)
                                    ? Mono.<Created<T>>empty()
                                    : writing.rows(session, update)
                                            .take(MultipleObjectsException.LIMIT)
                                            .collectList()
                                            .flatMap(this::only);
                    return found.switchIfEmpty(Mono.defer(() -> writing.rows(session, writer.insert(row))
                            .singleOrEmpty()
                            .map(value -> new Created<>(value, true))));
                })
                .singleOrEmpty();
    }

    /** The plain equalities of the lookup and the defaults, which win. Names and values are checked at once. */
    private Fields newRow(Fields defaults) {
        TableModel model = matching.state.model();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Pair pair : lookup) {
            KeyPath path = pair.path();
            boolean exact = path.size() == 2 && path.segment(1).equals(Lookup.EXACT.key());
            String name = exact ? path.segment(0) : pair.key();
            if (isOwn(model, name)) {
                row.put(name, pair.value());
            }
        }
        for (String name : defaults.asMap().keySet()) {
            List<?> columns = writer.values().columns(name);
            row.keySet().removeIf(given -> writer.values().columns(given).equals(columns));
        }
        row.putAll(defaults.asMap());
        Fields fields = Fields.of(row);
        writer.values().of(fields, false);
        return fields;
    }

    private static boolean isOwn(TableModel model, String name) {
        Relation relation = model.relation(name);
        return model.find(name) != null
                || name.equals("pk")
                || relation != null && relation.kind() == Relation.Kind.TO_ONE;
    }
}
