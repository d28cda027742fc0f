package rillite.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** The system properties of a run; the launcher hands them on to its children. */
final class Options {

    static final List<String> NAMES =
            List.of("bench.mode", "bench.rounds", "bench.rivals", "bench.workloads", "bench.folder", "bench.json");

    private Options() {}

    static Scale scale() {
        Scale scale = Scale.named(value("bench.mode", "full"));
        String rounds = value("bench.rounds", "");
        return rounds.isEmpty() ? scale : scale.withRounds(Integer.parseInt(rounds));
    }

    static List<Workload> workloads() {
        String names = value("bench.workloads", "");
        return names.isEmpty()
                ? Workload.all()
                : List.of(names.split(",")).stream().map(Workload::named).toList();
    }

    /** Those that take part in the workload and were asked for. */
    static List<Rival> rivals(Workload workload) {
        String names = value("bench.rivals", "");
        List<String> asked = names.isEmpty() ? workload.rivals() : List.of(names.split(","));
        asked.forEach(Rival::named);
        return workload.rivals().stream()
                .filter(asked::contains)
                .map(Rival::named)
                .toList();
    }

    /** Where databases and results.json go; a relative path starts at the working directory. */
    static Path folder() {
        return Path.of(value("bench.folder", "target/benchmarks")).toAbsolutePath();
    }

    /** Where a copy of results.json goes; empty for none. */
    static String jsonCopy() {
        return value("bench.json", "");
    }

    private static String value(String name, String otherwise) {
        String value = System.getProperty(name, "").trim();
        return value.isEmpty() || value.equals("all") ? otherwise : value;
    }
}
