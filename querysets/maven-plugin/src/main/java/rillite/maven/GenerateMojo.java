package rillite.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;
import rillite.codegen.Codegen;
import rillite.codegen.CodegenException;
import rillite.codegen.CodegenOptions;
import rillite.codegen.GeneratedSources;
import rillite.codegen.Naming;
import rillite.codegen.SchemaSource;
import rillite.codegen.TypeOverride;
import rillite.codegen.WriteReport;
import rillite.querysets.schema.Schema;

/**
 * Writes records and table classes from the schema of a database, or of what migrations lead to, and adds them to the
 * sources of the project. Files that are right already are not touched.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class GenerateMojo extends AbstractMojo {

    /** The package of the sources; it should hold nothing else. */
    @Parameter(property = "rillite.package", required = true)
    private String packageName;

    /** A database file that has the schema; it is only read. Without it, the migrations say what the schema is. */
    @Parameter(property = "rillite.database")
    private @Nullable File database;

    /** The folder of migrations, which are applied to a temporary file. */
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

    /** The root of the sources, under which the package is. */
    @Parameter(
            property = "rillite.outputDirectory",
            defaultValue = "${project.build.directory}/generated-sources/rillite",
            required = true)
    private File outputDirectory;

    /** Tables to write, {@code *} standing for any text; all unless some are given. */
    @Parameter
    private List<String> only = List.of();

    /** Tables to leave out, {@code *} standing for any text. */
    @Parameter
    private List<String> without = List.of();

    /** Columns that are read as something else than they declare: {@code book.pages = int}, {@code *.created_at = instant}. */
    @Parameter
    private List<String> types = List.of();

    /** Names that are chosen: {@code series = Series} for the record of a table, {@code book.class = kind} for a column. */
    @Parameter
    private List<String> names = List.of();

    /**
     * Names of relations that are chosen: {@code author.mentor_id = mentor, mentees} for both directions of a foreign key,
     * {@code follow.followed_id = following} for the relation through a link table.
     */
    @Parameter
    private List<String> relations = List.of();

    /** Does nothing. */
    @Parameter(property = "rillite.skip")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped.");
            return;
        }
        Path root = outputDirectory.toPath();
        try {
            CodegenOptions options = options();
            Schema schema = Waiting.on(source().read(options.naming().relationNames()));
            GeneratedSources sources = Codegen.generate(schema, options);
            sources.notes().forEach(getLog()::warn);
            report(sources, sources.writeTo(root));
        } catch (CodegenException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
        project.addCompileSourceRoot(root.toString());
    }

    private CodegenOptions options() {
        Naming naming = Naming.derived();
        for (String name : names) {
            naming = naming.name(name);
        }
        for (String relation : relations) {
            naming = naming.relation(relation);
        }
        CodegenOptions options = CodegenOptions.of(packageName)
                .naming(naming)
                .only(only.toArray(String[]::new))
                .without(without.toArray(String[]::new));
        for (String type : types) {
            options = options.type(TypeOverride.parse(type));
        }
        return options;
    }

    private SchemaSource source() {
        return database == null
                ? SchemaSource.migrations(
                        migrations.toPath(), all -> MigrateMojo.settings(all, environment, placeholders))
                : SchemaSource.database(database.toPath());
    }

    private void report(GeneratedSources sources, WriteReport report) {
        String schema = " (schema " + sources.schemaHash() + ")";
        if (report.isUpToDate()) {
            getLog().info(report.unchanged() + " sources of " + packageName + " are up to date" + schema);
        } else {
            getLog().info(report.written().size() + " sources of " + packageName + " written, "
                    + report.removed().size() + " removed, " + report.unchanged() + " unchanged" + schema);
        }
    }
}
