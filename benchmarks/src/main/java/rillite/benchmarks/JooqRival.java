package rillite.benchmarks;

import java.nio.file.Path;

final class JooqRival implements Rival {

    @Override
    public String name() {
        return "jooq";
    }

    @Override
    public String description() {
        return "jOOQ on HikariCP(" + Settings.POOL_SIZE
                + ") and sqlite-jdbc, Mono.fromCallable on Schedulers.boundedElastic() where concurrent";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new JooqStore(file, settings);
    }
}
