package rillite.querysets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.insights.InsightReport;
import rillite.querysets.insights.StatementRecorder;
import rillite.querysets.schema.Schema;

/**
 * What a database saw of its statements since it was opened with {@link DatabaseOptions#insights()}. Safe for threads.
 *
 * <p>While statements run, their times are counted, and nothing is asked of SQLite. That happens when a report is read: it
 * asks for the plan of each text once, and again when the schema has changed, and tries indexes on an empty copy of the
 * schema in memory. Values are neither kept nor needed.
 */
public final class Insights {

    private static final int MOST_ADVISED = 50;

    private final Database database;
    private final StatementRecorder recorder;
    private volatile Known known;

    /**
     * @param database whose statements are not recorded
     */
    Insights(Database database, StatementRecorder recorder) {
        this.database = database;
        this.recorder = recorder;
        known = new Known(database.schema());
    }

    /** What was asked of SQLite, as long as the schema stays. */
    private record Known(Schema schema, Map<String, Plan> plans, Map<String, List<String>> indexes) {
        Known(Schema schema) {
            this(schema, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    /**
     * What was seen so far. It is put together for each subscription, on the threads of the driver; reports that are read at
     * the same time may ask SQLite twice. A statement whose plan cannot be made, say because its table is gone, is left out
     * of what plans tell.
     */
    public Mono<InsightReport> report() {
        return Mono.defer(() -> {
            InsightReport report = recorder.report();
            Known current = current(report);
            return plans(current, report)
                    .flatMap(plans -> scans(current, report, plans)
                            .map(scans ->
                                    report.with(scans, PlanReading.unusedIndexes(plans.values(), current.schema()))));
        });
    }

    /** Forgets what was seen, and begins again. */
    public void reset() {
        recorder.reset();
        known = new Known(database.schema());
    }

    private Known current(InsightReport report) {
        Known current = known;
        Schema schema = database.schema();
        if (schema.version() != current.schema().version()) {
            current = new Known(schema);
            known = current;
        }
        // After a reset plans of texts may be left that are not recorded any more.
        List<String> texts =
                report.shapes().stream().map(InsightReport.Shape::sql).toList();
        current.plans().keySet().retainAll(texts);
        current.indexes().keySet().retainAll(texts);
        return current;
    }

    /** By text. */
    private Mono<Map<String, Plan>> plans(Known current, InsightReport report) {
        return Flux.fromIterable(report.shapes())
                .concatMap(shape -> plan(current, shape.sql()).map(plan -> Map.entry(shape.sql(), plan)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Plan> plan(Known current, String sql) {
        Plan plan = current.plans().get(sql);
        return plan != null
                ? Mono.just(plan)
                : PlanReading.plan(database, sql)
                        .doOnNext(read -> current.plans().put(sql, read))
                        .onErrorReturn(PlanReading.UNKNOWN);
    }

    private Mono<List<InsightReport.Scan>> scans(Known current, InsightReport report, Map<String, Plan> plans) {
        Map<String, List<String>> tables = new HashMap<>();
        plans.forEach((sql, plan) -> tables.put(sql, PlanReading.scannedTables(plan, current.schema(), sql)));
        List<String> scanned =
                tables.values().stream().flatMap(List::stream).distinct().toList();
        return new RowCounts(database, recorder.largeTable())
                .of(scanned)
                .flatMap(rows -> advised(current, scans(report, tables, rows)));
    }

    private List<InsightReport.Scan> scans(
            InsightReport report, Map<String, List<String>> tables, Map<String, Long> rows) {
        List<InsightReport.Scan> scans = new ArrayList<>();
        for (InsightReport.Shape shape : report.shapes()) {
            Optional<String> largest = tables.getOrDefault(shape.sql(), List.of()).stream()
                    .max(Comparator.comparingLong(table -> rows.getOrDefault(table, 0L)));
            largest.filter(table -> rows.getOrDefault(table, 0L) >= recorder.largeTable())
                    .map(table -> new InsightReport.Scan(
                            shape.sql(), shape.count(), table, rows.getOrDefault(table, 0L), List.of()))
                    .ifPresent(scans::add);
        }
        return scans;
    }

    /** Those that took the most time with the indexes that would help. */
    private Mono<List<InsightReport.Scan>> advised(Known current, List<InsightReport.Scan> scans) {
        return Flux.fromIterable(scans)
                .index()
                .concatMap(numbered -> numbered.getT1() < MOST_ADVISED
                        ? advised(current, numbered.getT2())
                        : Mono.just(numbered.getT2()))
                .collectList();
    }

    private Mono<InsightReport.Scan> advised(Known current, InsightReport.Scan scan) {
        List<String> indexes = current.indexes().get(scan.sql());
        Mono<List<String>> found = indexes != null
                ? Mono.just(indexes)
                : Mono.defer(() -> Suggestions.FOUND.of(database, scan.sql()))
                        .doOnNext(advice -> current.indexes().put(scan.sql(), advice))
                        .onErrorReturn(List.of());
        return found.map(advice -> new InsightReport.Scan(scan.sql(), scan.count(), scan.table(), scan.rows(), advice));
    }

    /** Looked up when the first report needs it. */
    private static final class Suggestions {
        static final IndexSuggestions FOUND = ServiceLoader.load(
                        IndexSuggestions.class, IndexSuggestions.class.getClassLoader())
                .findFirst()
                .orElse((database, sql) -> Mono.just(List.of()));
    }
}
