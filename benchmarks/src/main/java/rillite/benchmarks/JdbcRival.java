package rillite.benchmarks;

import java.nio.file.Path;

final class JdbcRival implements Rival {

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public String description() {
        return "plain sqlite-jdbc on one thread, statements prepared once";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new JdbcStore(file, settings);
    }
}
