package rillite.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** HikariCP as both pooled rivals use it. */
final class Pool {

    private Pool() {}

    static HikariDataSource open(Path file, Settings settings) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(new TunedDataSource(file, settings));
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(settings.poolSize());
        config.setConnectionTimeout(120_000);
        HikariDataSource pool = new HikariDataSource(config);
        take(pool, settings.poolSize()).run();
        return pool;
    }

    /** Takes connections; running the result gives them back. */
    static Runnable take(HikariDataSource pool, int count) {
        List<Connection> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(Unchecked.call(pool::getConnection));
        }
        return () -> taken.forEach(connection -> Unchecked.run(connection::close));
    }
}
