package rillite.maven;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;

/** A goal with parameters, as Maven sets them, and what it says. */
final class Configured<M extends AbstractMojo> {

    private final M goal;
    private final List<String> log = new ArrayList<>();

    private Configured(M goal) {
        this.goal = goal;
        goal.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence content) {
                log.add(content.toString());
            }

            @Override
            public void warn(CharSequence content) {
                log.add("warning: " + content);
            }
        });
    }

    /** Generates into a project in the folder. */
    static Configured<GenerateMojo> generate(Path folder, MavenProject project) {
        project.getBuild().setDirectory(folder.resolve("target").toString());
        return new Configured<>(new GenerateMojo())
                .with("project", project)
                .with("packageName", "app.db")
                .with("migrations", folder.resolve("migrations").toFile())
                .with("outputDirectory", folder.resolve("sources").toFile());
    }

    static Configured<MigrateMojo> migrate(Path folder) {
        return new Configured<>(new MigrateMojo())
                .with("database", folder.resolve("data/app.db").toFile())
                .with("migrations", folder.resolve("migrations").toFile());
    }

    Configured<M> with(String parameter, Object value) {
        try {
            Field field = field(goal.getClass(), parameter);
            field.setAccessible(true);
            field.set(goal, value);
            return this;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The field of a class, or of those that it extends. */
    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            if (type.getSuperclass() == null) {
                throw e;
            }
            return field(type.getSuperclass(), name);
        }
    }

    /** Runs it, and gives what it says. */
    List<String> run() throws MojoExecutionException, MojoFailureException {
        log.clear();
        goal.execute();
        return List.copyOf(log);
    }
}
