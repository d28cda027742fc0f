package rillite.benchmarks;

import java.nio.file.Path;

/** QuerySets over our driver. */
final class QuerySetRival implements Rival {

    private final boolean dynamic;

    QuerySetRival(boolean dynamic) {
        this.dynamic = dynamic;
    }

    @Override
    public String name() {
        return dynamic ? "queryset-rows" : "queryset";
    }

    @Override
    public String description() {
        return dynamic
                ? "QuerySets by names, read as rows; built anew for each statement"
                : "QuerySets by table classes, read as records; built anew for each statement";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new QuerySetStore(settings.url(file), settings, dynamic);
    }
}
