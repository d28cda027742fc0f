package rillite.benchmarks;

import java.util.List;

/** One comparison. Runs in a JVM of its own; {@link #run} is called once per rival and round. */
interface Workload {

    /** Short and stable: the key in the JSON file and in {@code -Dbench.workloads}. */
    String name();

    /** One line for the head of its table. */
    String title();

    /** The first metric of every sample, in this unit. */
    String unit();

    /** Maximum heap of its JVM, as in {@code -Xmx}. */
    String heap();

    /** Further options of its JVM. */
    default List<String> flags() {
        return List.of();
    }

    Settings settings();

    /** Names of the rivals that take part, ours first. */
    List<String> rivals();

    List<Target> targets();

    /** Makes the files that all runs share. */
    void prepare(Stage stage);

    /**
     * Does the work once and checks it.
     *
     * @throws IllegalStateException when rows are missing or wrong
     */
    Sample run(Rival rival, Stage stage);

    static List<Workload> all() {
        return List.of(
                new PointReads(),
                new Inserts("NORMAL"),
                new Inserts("FULL"),
                new StreamRows(),
                new ImportRows(),
                new SequentialReads(),
                new InsightReads(),
                new Crowd(),
                new Prefetch(2),
                new Prefetch(3),
                new SchemaOpen(),
                new AuthSessions(),
                new AuthCreates(),
                new AuthStorm());
    }

    static Workload named(String name) {
        return all().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("bench.workloads \"" + name
                        + "\" is unknown. Workloads: "
                        + String.join(", ", all().stream().map(Workload::name).toList())));
    }
}
