package rillite.cli.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rillite.querysets.migrate.Migrations;

/** What migrations are at the place where they are to run. */
final class PlaceChoice {

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Add the migrations of the folder of that name in the folder.",
            order = 52)
    private @Nullable String environment;

    @Option(
            names = "--placeholder",
            paramLabel = "NAME=VALUE",
            description = "What migrations write as a placeholder of that name; may be given again.",
            order = 53)
    private List<String> placeholders = List.of();

    Migrations on(Migrations files) {
        Migrations all = environment == null ? files : files.environment(environment);
        for (String text : placeholders) {
            Assignment one = Assignment.parse("--placeholder", "NAME=VALUE", text);
            all = all.placeholder(one.name(), one.value());
        }
        return all;
    }
}
