package rillite.cli.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.cli.Refusal;
import rillite.cli.data.QueryText.Argument;
import rillite.cli.data.QueryText.Call;
import rillite.querysets.Agg;
import rillite.querysets.Database;
import rillite.querysets.Nearest;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.querysets.schema.Column;

/** Makes a QuerySet of a typed text, with the verbs that read. */
final class QueryVerbs {

    private static final Map<String, BiFunction<QuerySet<Row>, Arguments, QuerySet<Row>>> CHAIN = new LinkedHashMap<>();
    private static final Map<String, BiFunction<QueryVerbs, Arguments, Answer>> END = new LinkedHashMap<>();
    private static final Set<String> FUNCTIONS = Set.of("count", "sum", "avg", "min", "max");

    static {
        CHAIN.put("filter", (query, given) -> query.filter(given.pairs()));
        CHAIN.put("exclude", (query, given) -> query.exclude(given.pairs()));
        CHAIN.put("orderBy", (query, given) -> query.orderBy(given.words()));
        CHAIN.put("reverse", (query, given) -> query.reverse());
        CHAIN.put("limit", (query, given) -> query.limit(given.number(0)));
        CHAIN.put("offset", (query, given) -> query.offset(given.number(0)));
        CHAIN.put("slice", (query, given) -> query.slice(given.number(0), given.number(1)));
        CHAIN.put("distinct", (query, given) -> query.distinct());
        CHAIN.put("distinctOn", (query, given) -> query.distinctOn(given.words()));
        CHAIN.put("values", (query, given) -> query.values(given.words()));
        CHAIN.put("only", (query, given) -> query.only(given.words()));
        CHAIN.put("defer", (query, given) -> query.defer(given.words()));
        CHAIN.put("annotate", (query, given) -> given.annotate(query));
        CHAIN.put("selectRelated", (query, given) -> query.selectRelated(given.words()));
        CHAIN.put("prefetchRelated", (query, given) -> query.prefetchRelated(given.words()));
        END.put("count", (verbs, given) -> verbs.value("count", verbs.query.count()));
        END.put("exists", (verbs, given) -> verbs.value("exists", verbs.query.exists()));
        END.put("first", (verbs, given) -> verbs.rows(verbs.query.first()));
        END.put("last", (verbs, given) -> verbs.rows(verbs.query.last()));
        END.put(
                "get",
                (verbs, given) -> verbs.rows(verbs.query.filter(given.pairs()).get()));
        END.put("find", (verbs, given) -> verbs.rows(verbs.query.find(given.value(0))));
        END.put("aggregate", (verbs, given) -> verbs.rows(given.aggregate(verbs.query)));
        END.put(
                "explain",
                (verbs, given) -> verbs.value("plan", verbs.query.explain().map(Object::toString)));
        END.put(
                "toSql",
                (verbs, given) -> verbs.value(
                        "sql", Mono.fromSupplier(() -> verbs.query.toSql().sql())));
    }

    private final Database database;
    private final List<String> related = new ArrayList<>();
    private QuerySet<Row> query;
    private List<String> names;

    private QueryVerbs(Database database, String table) {
        this.database = database;
        query = database.objects(table);
        names = database.schema().find(table).orElseThrow().visibleColumns().stream()
                .map(Column::name)
                .toList();
    }

    /** Names of all verbs. */
    static List<String> verbs() {
        return Stream.concat(CHAIN.keySet().stream(), END.keySet().stream()).toList();
    }

    static Set<String> functions() {
        return FUNCTIONS;
    }

    /**
     * The rows that the text asks for.
     *
     * @throws Refusal no such verb, or wrong arguments
     * @throws rillite.querysets.QueryException wrong names or values
     */
    static Answer answer(Database database, QueryText text) {
        QueryVerbs verbs = new QueryVerbs(database, text.table());
        List<Call> calls = text.calls();
        for (Call call : calls) {
            String name = known(call.name());
            Arguments given = new Arguments(name, call.arguments());
            BiFunction<QueryVerbs, Arguments, Answer> end = END.get(name);
            if (end != null) {
                if (call != calls.get(calls.size() - 1)) {
                    throw new Refusal("\"" + name + "\" ends a query: nothing can follow it.");
                }
                return end.apply(verbs, given);
            }
            verbs.chain(name, given);
        }
        return verbs.rows(verbs.query.flux());
    }

    /** The query that the text asks for, without a verb that ends it. */
    static QuerySet<Row> query(Database database, QueryText text) {
        QueryVerbs verbs = new QueryVerbs(database, text.table());
        for (Call call : text.calls()) {
            String name = known(call.name());
            if (END.containsKey(name)) {
                throw new Refusal("\"" + name + "\" cannot stand here: give the query without it.");
            }
            verbs.chain(name, new Arguments(name, call.arguments()));
        }
        return verbs.query;
    }

    private void chain(String name, Arguments given) {
        query = Objects.requireNonNull(CHAIN.get(name)).apply(query, given);
        switch (name) {
            case "values" -> names = List.of(given.words());
            case "only", "defer", "annotate" -> names = List.of();
            case "selectRelated", "prefetchRelated" -> related.addAll(Arrays.asList(given.words()));
            default -> {}
        }
    }

    private static String known(String typed) {
        String folded = fold(typed);
        return verbs().stream()
                .filter(verb -> fold(verb).equals(folded))
                .findFirst()
                .orElseThrow(() -> new Refusal("There is no verb \"" + typed + "\"."
                        + Nearest.hint(Nearest.of(typed, verbs())) + " Verbs: " + String.join(", ", verbs())));
    }

    private static String fold(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private Answer rows(Publisher<Row> rows) {
        return QueryAnswer.of(database.schema(), Flux.from(rows), related.isEmpty() ? names : List.of(), related);
    }

    private Answer value(String name, Mono<?> value) {
        List<String> one = List.of(name);
        return new Answer(
                () -> one,
                value.map(known -> new Answer.Line(one, List.<Object>of(known))).flux());
    }

    /** What stands in the brackets of a verb. */
    private record Arguments(String verb, List<Argument> given) {

        Map<String, @Nullable Object> pairs() {
            Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
            for (Argument argument : given) {
                String key = argument.key();
                if (key == null) {
                    throw wrong("conditions such as pages__gt=300");
                }
                if (pairs.containsKey(key)) {
                    throw new Refusal("\"" + key + "\" stands twice in " + verb + "(..): call it twice instead.");
                }
                pairs.put(key, argument.value());
            }
            return pairs;
        }

        String[] words() {
            return given.stream()
                    .map(argument -> argument.key() == null && argument.value() instanceof String word ? word : null)
                    .map(word -> {
                        if (word == null) {
                            throw wrong("names, such as title or author__name");
                        }
                        return word;
                    })
                    .toArray(String[]::new);
        }

        long number(int position) {
            if (value(position) instanceof Long number) {
                return number;
            }
            throw wrong("whole numbers");
        }

        Object value(int position) {
            Object value = position < given.size() ? given.get(position).value() : null;
            if (value == null) {
                throw wrong(position == 0 ? "a value" : (position + 1) + " values");
            }
            return value;
        }

        private Map<String, Agg<?, ?>> aggregates() {
            Map<String, Agg<?, ?>> aggregates = new LinkedHashMap<>();
            for (Argument argument : given) {
                String key = argument.key();
                if (key == null || !(argument.value() instanceof Call call)) {
                    throw wrong("named functions, such as n=count(books)");
                }
                aggregates.put(key, function(call));
            }
            if (aggregates.isEmpty()) {
                throw wrong("named functions, such as n=count(books)");
            }
            return aggregates;
        }

        private static Agg<?, ?> function(Call call) {
            String name = call.name().toLowerCase(Locale.ROOT);
            Arguments given = new Arguments(call.name(), call.arguments());
            if (name.equals("count") && call.arguments().isEmpty()) {
                return Agg.count();
            }
            return switch (name) {
                case "count" -> Agg.count(given.value(0));
                case "sum" -> Agg.sum(given.value(0));
                case "avg" -> Agg.avg(given.value(0));
                case "min" -> Agg.min(given.value(0));
                case "max" -> Agg.max(given.value(0));
                default ->
                    throw new Refusal("There is no function \"" + call.name() + "\"."
                            + Nearest.hint(Nearest.of(call.name(), FUNCTIONS))
                            + " Functions: count, sum, avg, min, max");
            };
        }

        QuerySet<Row> annotate(QuerySet<Row> query) {
            QuerySet<Row> annotated = query;
            for (Map.Entry<String, Agg<?, ?>> one : aggregates().entrySet()) {
                annotated = annotated.annotate(one.getKey(), one.getValue());
            }
            return annotated;
        }

        Mono<Row> aggregate(QuerySet<Row> query) {
            List<Object> more = new ArrayList<>();
            aggregates().forEach((name, value) -> more.addAll(List.of(name, value)));
            return query.aggregate(
                    (String) more.get(0),
                    (Agg<?, ?>) more.get(1),
                    more.subList(2, more.size()).toArray());
        }

        private Refusal wrong(String wanted) {
            return new Refusal(verb + "(..) takes " + wanted + ".");
        }
    }
}
