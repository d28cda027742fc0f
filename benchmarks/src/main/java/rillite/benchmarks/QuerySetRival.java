package rillite.benchmarks;

import java.nio.file.Path;
import java.util.List;
import rillite.querysets.DatabaseOptions;

/** QuerySets over our driver. */
final class QuerySetRival implements Rival {

    private final boolean dynamic;
    private final boolean insights;

    private QuerySetRival(boolean dynamic, boolean insights) {
        this.dynamic = dynamic;
        this.insights = insights;
    }

    static List<Rival> all() {
        return List.of(new QuerySetRival(false, false), new QuerySetRival(true, false), new QuerySetRival(false, true));
    }

    @Override
    public String name() {
        return dynamic ? "queryset-rows" : insights ? "queryset-insights" : "queryset";
    }

    @Override
    public String description() {
        return dynamic
                ? "QuerySets by names, read as rows; built anew for each statement"
                : "QuerySets by table classes, read as records; built anew for each statement"
                        + (insights ? "; with insights on" : "");
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new QuerySetStore(
                settings.url(file),
                settings,
                dynamic,
                insights ? DatabaseOptions.defaults().insights() : DatabaseOptions.defaults());
    }
}
