package rillite.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.QueryException;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.Migrations;

/**
 * Applies what is not applied yet of the migrations of a folder to a database file. Each migration is one transaction: one
 * that fails ends the build, and leaves nothing of itself.
 */
@Mojo(name = "migrate", threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class MigrateMojo extends MigrationsMojo {

    /** The database file; it is created when it is missing. */
    @Parameter(property = "rillite.database", required = true)
    private File database;

    /** The number of the last migration to apply; all unless one is given. */
    @Parameter(property = "rillite.to")
    private @Nullable String to;

    /** Only tells what would be done, with the SQL; the file, which has to be there, is only read. */
    @Parameter(property = "rillite.dryRun")
    private boolean dryRun;

    /** Does nothing. */
    @Parameter(property = "rillite.skip")
    private boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: " + database + " stays as it is.");
            return;
        }
        getLog().info("Database " + database);
        try {
            Migrations all = settings(Migrations.of(migrations().toPath()));
            report(Waiting.on(Mono.usingWhen(open(), open -> run(dryRun ? all.dryRun() : all, open), Database::close)));
        } catch (QueryException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }

    private Mono<Database> open() throws MojoExecutionException {
        Path file = database.toPath().toAbsolutePath();
        if (dryRun) {
            return Database.open(file, DatabaseOptions.defaults().readOnly());
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new MojoExecutionException("The folder of the database cannot be made: " + e, e);
        }
        return Database.open(file);
    }

    private Mono<MigrationReport> run(Migrations all, Database open) {
        return to == null ? all.migrate(open) : all.migrate(open, to);
    }

    private void report(MigrationReport report) {
        if (report.steps().isEmpty()) {
            getLog().info("Nothing to do: every migration is applied.");
        } else if (report.dryRun()) {
            report.toSql().lines().forEach(getLog()::info);
        } else {
            report.names().forEach(name -> getLog().info("Applied " + name));
        }
    }
}
