package rillite.maven;

import java.io.File;
import java.util.Map;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.Migrations;

/** A goal that is about a folder of migrations. */
@SuppressWarnings("NullAway.Init")
abstract class MigrationsMojo extends AbstractMojo {

    /** The folder of migrations; {@code generate} applies them to a temporary file. */
    @Parameter(
            property = "rillite.migrations",
            defaultValue = "${project.basedir}/src/main/resources/db/migrations",
            required = true)
    private File migrations;

    /** Adds the migrations of the folder of that name in the folder of migrations. */
    @Parameter(property = "rillite.environment")
    private @Nullable String environment;

    /** Values that are put where migrations say <code>${name}</code>. */
    @Parameter
    private Map<String, String> placeholders = Map.of();

    final File migrations() {
        return migrations;
    }

    /** Migrations with what the configuration says of them. */
    final Migrations settings(Migrations all) {
        Migrations set = environment == null ? all : all.environment(environment);
        for (Map.Entry<String, String> value : placeholders.entrySet()) {
            set = set.placeholder(value.getKey(), value.getValue());
        }
        return set;
    }
}
