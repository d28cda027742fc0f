package rillite.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/** Words and tables of one run. */
final class Report {

    private final Scale scale;
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    Report(Scale scale) {
        this.scale = scale;
    }

    String head() {
        StringBuilder text = new StringBuilder("Benchmarks, mode " + scale.name() + ": medians of " + scale.rounds()
                + " rounds after " + scale.warmups() + " warm-up rounds, rivals alternating in one JVM per workload\n");
        text.append("Java ").append(javaVersion()).append(", sqlite-jdbc ").append(SQLiteJDBCLoader.getVersion());
        text.append(", ").append(Runtime.getRuntime().availableProcessors()).append(" processors, ");
        text.append(system()).append("\n");
        for (Rival rival : Rival.all()) {
            text.append("  ")
                    .append(rival.name())
                    .append(": ")
                    .append(rival.description())
                    .append("\n");
        }
        text.append("Every rival opens the same file layout with the pragmas named below; every run is checked"
                + " by counts and sums.\n");
        if (scale.name().equals("short")) {
            text.append("The short mode shows that everything runs; its figures say nothing about speed.\n");
        }
        return text.toString();
    }

    String title(Workload workload) {
        String flags = workload.flags().isEmpty() ? "" : ", " + String.join(" ", workload.flags());
        return "\n" + workload.name() + ": " + workload.title() + "\n  heap " + workload.heap() + flags + "; "
                + workload.settings() + "\n";
    }

    String table(Workload workload, Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Figures.cells("rival", "metric", "median", "least", "most"));
        for (String rival : results.rivals()) {
            for (String metric : results.metrics(rival)) {
                List<Double> values = results.of(rival, metric);
                rows.add(Figures.cells(
                        rival,
                        metric,
                        Figures.plain(Figures.median(values)),
                        Figures.plain(Figures.least(values)),
                        Figures.plain(Figures.most(values))));
            }
        }
        return Figures.table(rows);
    }

    String summary(Map<Workload, Results> all, List<String> failed) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Figures.cells("workload", "target", "measured", "verdict"));
        all.forEach((workload, results) -> {
            for (Target target : workload.targets()) {
                double measured = target.measured(results);
                rows.add(Figures.cells(
                        workload.name(),
                        target.text(),
                        Figures.plain(measured),
                        target.verdict(measured).text()));
            }
        });
        String text = "\nTargets (ratios are medians of the ratios of each round)\n" + Figures.table(rows);
        return failed.isEmpty() ? text : text + "FAILED: " + String.join(", ", failed) + "\n";
    }

    String json(Map<Workload, Results> all, List<String> failed) {
        Json json = new Json();
        json.object(() -> {
            json.field("mode", scale.name());
            json.field("startedAt", started.toString());
            json.field("rounds", scale.rounds());
            json.field("warmups", scale.warmups());
            json.field("java", javaVersion());
            json.field("sqliteJdbc", SQLiteJDBCLoader.getVersion());
            json.field("system", system());
            json.field("processors", Runtime.getRuntime().availableProcessors());
            json.array("failed", failed, json::value);
            json.array("workloads", List.copyOf(all.keySet()), workload -> write(json, workload, all.get(workload)));
        });
        return json.toString();
    }

    private static void write(Json json, Workload workload, @Nullable Results found) {
        Results results = found == null ? new Results() : found;
        json.object(() -> {
            json.field("name", workload.name());
            json.field("title", workload.title());
            json.field("heap", workload.heap());
            json.array("pragmas", workload.settings().pragmas(), json::value);
            json.array(
                    "rivals",
                    results.rivals(),
                    rival -> json.object(() -> {
                        json.field("name", rival);
                        json.array(
                                "metrics",
                                results.metrics(rival),
                                metric -> json.object(() -> {
                                    json.field("name", metric);
                                    json.field("median", results.median(rival, metric));
                                    json.array("samples", results.of(rival, metric), json::value);
                                }));
                    }));
            json.array(
                    "targets",
                    workload.targets(),
                    target -> json.object(() -> {
                        double measured = target.measured(results);
                        json.field("text", target.text());
                        json.field("measured", measured);
                        json.field("verdict", target.verdict(measured).text());
                    }));
        });
    }

    private static String javaVersion() {
        return System.getProperty("java.vm.name") + " " + Runtime.version();
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
