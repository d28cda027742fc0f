package rillite.cli.schema;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private PlaceChoice place = new PlaceChoice();

    Path folder() {
        return folder;
    }

    /** The files of the folder. */
    Migrations migrations() {
        return of(Migrations.of(folder));
    }

    /** Other files, with the same settings. */
    Migrations of(Migrations files) {
        return place.on(files.set(set));
    }
}
