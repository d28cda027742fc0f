package rillite.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
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
import rillite.codegen.LastRun;
import rillite.codegen.Naming;
import rillite.codegen.SchemaSource;
import rillite.codegen.TypeOverride;
import rillite.codegen.WriteReport;

/**
 * Writes records and table classes from the schema that migrations lead to, or from that of a database file, and adds
 * them to the sources of the project. Where nothing has changed since the last time, nothing is read or written.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class GenerateMojo extends MigrationsMojo {

    /** The package of the sources; it should hold nothing else. */
    @Parameter(property = "rillite.package", required = true)
    private String packageName;

    /** A database file that has the schema; it is only read. Without it, the migrations say what the schema is. */
    @Parameter
    private @Nullable File database;

    /** The root of the sources, under which the package is. */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/rillite", required = true)
    private File outputDirectory;

    /** Tables to write, {@code *} standing for any text; all unless some are given. */
    @Parameter
    private List<String> only = List.of();

    /** Tables to leave out, {@code *} standing for any text. */
    @Parameter
    private List<String> without = List.of();

    /**
     * Columns that are read as something else than they declare: {@code book.pages = int}, {@code *.created_at =
     * epoch-millis}, {@code book.status = enum com.example.Status}.
     */
    @Parameter
    private List<String> types = List.of();

    /**
     * Names that are chosen: {@code series = Series} for the record of a table, {@code book.class = kind} for a column.
     */
    @Parameter
    private List<String> names = List.of();

    /**
     * Names of relations that are chosen: {@code author.mentor_id = mentor, mentees} for both directions of a foreign key,
     * {@code follow.followed_id = following} for the relation through a link table.
     */
    @Parameter
    private List<String> relations = List.of();

    /** Reads and writes nothing; what an earlier run wrote stays among the sources of the project. */
    @Parameter(property = "rillite.skip")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Path root = outputDirectory.toPath();
        if (skip) {
            getLog().info("Skipped: sources of " + packageName + " stay as they are.");
        } else {
            try {
                bring(root, options(), source());
            } catch (CodegenException e) {
                throw new MojoFailureException(e.getMessage(), e);
            }
        }
        project.addCompileSourceRoot(root.toString());
    }

    private void bring(Path root, CodegenOptions options, SchemaSource source)
            throws MojoExecutionException, MojoFailureException {
        LastRun last = LastRun.in(Path.of(project.getBuild().getDirectory(), "rillite", packageName + ".last"));
        String fingerprint = Waiting.on(source.fingerprint());
        if (last.isSame(fingerprint, options, root)) {
            getLog().info("Sources of " + packageName + " are up to date: nothing they are made of has changed.");
            return;
        }
        GeneratedSources sources =
                Codegen.generate(Waiting.on(source.read(options.naming().relationNames())), options);
        sources.notes().forEach(getLog()::warn);
        report(sources, sources.writeTo(root));
        last.remember(fingerprint, options, root);
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

    private SchemaSource source() throws MojoFailureException {
        if (database != null) {
            return SchemaSource.database(database.toPath());
        }
        if (!migrations().isDirectory()) {
            throw new MojoFailureException("There is no folder of migrations \"" + migrations()
                    + "\": say with <migrations> where it is, or with <database> which file has the schema.");
        }
        return SchemaSource.migrations(migrations().toPath(), this::settings);
    }

    private void report(GeneratedSources sources, WriteReport report) {
        String schema = " (schema " + sources.schemaHash() + ")";
        if (report.isUpToDate()) {
            getLog().info("All " + report.unchanged() + " sources of " + packageName + " are as they should be"
                    + schema);
        } else {
            getLog().info("Sources of " + packageName + ": " + report.written().size() + " written, "
                    + report.removed().size() + " removed, " + report.unchanged() + " unchanged" + schema);
        }
    }
}
