package rillite.benchmarks;

import java.nio.file.Path;

/** What applications with Spring keep sessions in a database by. */
final class SpringSessionRival implements Rival {

    @Override
    public String name() {
        return "spring-session-jdbc";
    }

    @Override
    public String description() {
        return "JdbcIndexedSessionRepository on HikariCP(" + Settings.POOL_SIZE
                + ") and sqlite-jdbc, its schema-sqlite.sql, JDK serialization, one attribute: the name of the user";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new SpringSessionStore(file, settings);
    }
}
