package rillite.benchmarks;

import java.nio.file.Path;

final class HikariRival implements Rival {

    @Override
    public String name() {
        return "hikari";
    }

    @Override
    public String description() {
        return "HikariCP(" + Settings.POOL_SIZE + ") on sqlite-jdbc, Mono.fromCallable on Schedulers.boundedElastic(),"
                + " one pooled connection per operation";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new HikariStore(file, settings);
    }
}
