package rillite.benchmarks;

import java.nio.file.Path;

/** Our driver, through nothing but the R2DBC SPI. */
final class RilliteRival implements Rival {

    private final boolean connectionPerOperation;

    RilliteRival(boolean connectionPerOperation) {
        this.connectionPerOperation = connectionPerOperation;
    }

    @Override
    public String name() {
        return connectionPerOperation ? "rillite-each" : "rillite";
    }

    @Override
    public String description() {
        return connectionPerOperation
                ? "the R2DBC driver, create() and close() of a connection around every operation"
                : "the R2DBC driver, one connection per subscriber, each a sequential chain of statements";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new RilliteStore(settings.url(file), settings, connectionPerOperation);
    }
}
