package rillite.querysets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import rillite.querysets.insights.InsightReport;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;
import rillite.r2dbc.SqliteScript;

/** Asks for plans of texts whose values are unknown, and finds in them which tables and indexes they use. */
final class PlanReading {

    /** Of statements that have no plan. */
    static final Plan UNKNOWN = new Plan(List.of());

    /** Others may do something when they are only prepared, as some PRAGMAs do. */
    private static final Set<String> PLANNED =
            Set.of("SELECT", "WITH", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE");

    private PlanReading() {}

    /** How SQLite runs a statement; unknown when it has no plan. */
    static Mono<Plan> plan(Database database, String sql) {
        if (!PLANNED.contains(FirstWord.of(sql))) {
            return Mono.just(UNKNOWN);
        }
        return Mono.defer(() -> {
            List<SqliteScript.Statement> statements = SqliteScript.of(sql).statements();
            if (statements.size() != 1) {
                return Mono.just(UNKNOWN);
            }
            SqliteScript.Statement only = statements.get(0);
            Object[] nulls = Collections.nCopies(only.parameters(), null).toArray();
            return database.sql(only.sql(), nulls).explain();
        });
    }

    /** Names of the tables that a plan reads whole; of results of sub-queries there are none. */
    static List<String> scannedTables(Plan plan, Schema schema, String sql) {
        List<String> tables = new ArrayList<>();
        for (Plan.Step step : plan.fullScans()) {
            String name = step.detail().substring("SCAN ".length()).replaceFirst("( USING .*| LEFT-JOIN)+$", "");
            table(name, schema, sql).map(Table::name).ifPresent(tables::add);
        }
        return tables;
    }

    /** A plan names tables as the statement does, by their aliases. */
    private static Optional<Table> table(String name, Schema schema, String sql) {
        Optional<Table> named = schema.find(name);
        return named.isPresent()
                ? named
                : schema.tables().stream()
                        .filter(table -> alias(table.name(), name).matcher(sql).find())
                        .findFirst();
    }

    private static Pattern alias(String table, String alias) {
        return Pattern.compile("(?i)(?<!\\w)" + Pattern.quote(table) + "[\"`\\]]?\\s+(AS\\s+)?[\"`\\[]?"
                + Pattern.quote(alias) + "(?!\\w)");
    }

    /** Indexes that no plan names and that nothing else needs; none when there are no plans at all. */
    static List<InsightReport.Unused> unusedIndexes(Collection<Plan> plans, Schema schema) {
        if (plans.isEmpty()) {
            return List.of();
        }
        String lines = plans.stream().map(Plan::toString).collect(Collectors.joining("\n"));
        List<InsightReport.Unused> unused = new ArrayList<>();
        for (Table table : schema.tables()) {
            for (Index index : table.indexes()) {
                if (isForQueries(index, table) && !isNamed(index.name(), lines)) {
                    unused.add(new InsightReport.Unused(table.name(), index.name()));
                }
            }
        }
        return unused;
    }

    private static boolean isNamed(String index, String lines) {
        return Pattern.compile(" INDEX " + Pattern.quote(index) + "(?=$| \\(| <-)", Pattern.MULTILINE)
                .matcher(lines)
                .find();
    }

    /**
     * Whether it is there for queries alone. What forbids duplicates is a rule; an index of a foreign key is used by deletes
     * of parents, whose plans do not show that; whether a partial one can be used depends on values.
     */
    private static boolean isForQueries(Index index, Table table) {
        return index.origin() == Index.Origin.CREATE_INDEX
                && !index.unique()
                && !index.partial()
                && table.foreignKeys().stream().noneMatch(key -> leads(index, key));
    }

    private static boolean leads(Index index, ForeignKey key) {
        int columns = key.columns().size();
        return index.columns().size() >= columns
                && folded(index.columns().subList(0, columns)).equals(folded(key.columns()));
    }

    private static Set<String> folded(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
    }
}
