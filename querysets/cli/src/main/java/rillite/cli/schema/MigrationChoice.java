package rillite.cli.schema;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rillite.querysets.migrate.Migrations;

/** Which migrations a command is about. */
final class MigrationChoice {

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = "migrations",
            description = "The folder of the migrations; ${DEFAULT-VALUE} if not given.",
            order = 50)
    private Path folder = Path.of("migrations");

    @Option(
            names = "--set",
            paramLabel = "SET",
            defaultValue = Migrations.DEFAULT_SET,
            description = "The set of migrations that they are; ${DEFAULT-VALUE} if not given.",
            order = 51)
    private String set = Migrations.DEFAULT_SET;

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

    Path folder() {
        return folder;
    }

    /** The files of the folder. */
    Migrations migrations() {
        return of(Migrations.of(folder));
    }

    /** Other files, with the same settings. */
    Migrations of(Migrations files) {
        return with(files.set(set), environment, placeholders);
    }

    static Migrations with(Migrations files, @Nullable String environment, List<String> placeholders) {
        Migrations all = environment == null ? files : files.environment(environment);
        for (String text : placeholders) {
            Assignment one = Assignment.parse("--placeholder", "NAME=VALUE", text);
            all = all.placeholder(one.name(), one.value());
        }
        return all;
    }
}
