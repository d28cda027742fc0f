package rillite.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A local repository with the jars of this build, for the builds that tests start: nothing has to be installed for them, and
 * they cannot meet an older version. It stands in front of the one that the build itself uses.
 */
final class StagedRepository {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path FOLDER =
            Path.of(Project.property("it.build"), "it-repository").toAbsolutePath();

    static {
        try {
            add(".", "rillite-parent");
            add("reactive-core", "rillite-core");
            add("sqlite-r2dbc", "rillite-r2dbc");
            add("querysets/runtime", "rillite-querysets");
            add("querysets/codegen", "rillite-codegen");
            add("querysets/maven-plugin", "rillite-maven-plugin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StagedRepository() {}

    static Path folder() {
        return FOLDER;
    }

    private static void add(String module, String artifact) throws IOException {
        String version = Project.property("it.version");
        Path to = FOLDER.resolve("io/github/rillite").resolve(artifact).resolve(version);
        Files.createDirectories(to);
        String name = artifact + "-" + version;
        Path from = ROOT.resolve(module).normalize();
        Files.copy(from.resolve("pom.xml"), to.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        if (!module.equals(".")) {
            Path jar = from.resolve(Project.property("it.build")).resolve(name + ".jar");
            Files.copy(jar, to.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
