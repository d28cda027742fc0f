package rillite.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Forks one JVM per workload, gathers the samples and prints the report.
 *
 * <p>System properties: {@code bench.mode} full or short, {@code bench.rounds}, {@code bench.rivals} and
 * {@code bench.workloads} as comma-separated names, {@code bench.folder}, {@code bench.json} for a copy of the results.
 * Exit code 0 when everything ran, targets met or not; 1 when a workload failed; 2 for a wrong option.
 */
public final class Benchmarks {

    private static final long CHILD_MINUTES = 60;

    private Benchmarks() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Report report;
        List<Workload> workloads;
        try {
            report = new Report(Options.scale());
            workloads = Options.workloads();
            workloads.forEach(Options::rivals);
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.out.print(report.head());
        Map<Workload, Results> all = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        for (Workload workload : workloads) {
            if (Options.rivals(workload).isEmpty()) {
                continue;
            }
            System.out.print(report.title(workload));
            Results results = fork(workload);
            if (results.rivals().isEmpty()) {
                failed.add(workload.name());
            } else {
                System.out.print(report.table(workload, results));
            }
            all.put(workload, results);
        }
        System.out.print(report.summary(all, failed));
        write(report.json(all, failed));
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    private static Results fork(Workload workload) throws IOException, InterruptedException {
        Path folder = Options.folder().resolve("work").resolve(workload.name());
        empty(folder);
        Path samples = folder.resolve("samples.tsv");
        Process child = new ProcessBuilder(command(workload, folder, samples))
                .inheritIO()
                .start();
        Results results = new Results();
        if (!child.waitFor(CHILD_MINUTES, TimeUnit.MINUTES)) {
            child.destroyForcibly();
        } else if (child.exitValue() == 0 && Files.exists(samples)) {
            for (String line : Files.readAllLines(samples, StandardCharsets.UTF_8)) {
                String[] parts = line.split("\t");
                results.add(parts[0], parts[1], Double.parseDouble(parts[2]));
            }
        }
        empty(folder);
        return results;
    }

    private static List<String> command(Workload workload, Path folder, Path samples) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + workload.heap(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(workload.flags());
        command.addAll(EbeanRival.agent());
        for (String name : Options.NAMES) {
            command.add("-D" + name + "=" + System.getProperty(name, ""));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                workload.name(),
                folder.toString(),
                samples.toString()));
        return command;
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            Files.delete(file.toPath());
        }
    }

    private static void write(String json) throws IOException {
        Path file = Options.folder().resolve("results.json");
        Files.writeString(file, json);
        System.out.println("Results: " + file);
        if (!Options.jsonCopy().isEmpty()) {
            Files.writeString(Path.of(Options.jsonCopy()), json);
            System.out.println("Copy: " + Options.jsonCopy());
        }
    }
}
