package rillite.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Ebean with lists of related beans. */
final class EbeanRival implements Rival {

    private final boolean queries;

    EbeanRival(boolean queries) {
        this.queries = queries;
    }

    @Override
    public String name() {
        return queries ? "ebean-query" : "ebean";
    }

    @Override
    public String description() {
        return "Ebean on HikariCP(" + Settings.POOL_SIZE + ") and sqlite-jdbc, "
                + (queries ? "fetchQuery: a statement for each level" : "fetch: one statement with joins");
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new EbeanStore(file, settings, queries);
    }

    /** What a JVM needs to be told so that beans can be loaded. */
    static List<String> agent() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Path.of(jar).getFileName().toString().startsWith("ebean-agent-"))
                .map(jar -> "-javaagent:" + jar + "=packages=" + Rival.class.getPackageName() + ".beans")
                .toList();
    }
}
