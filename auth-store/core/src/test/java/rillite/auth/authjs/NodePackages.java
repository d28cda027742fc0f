package rillite.auth.authjs;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packages of Auth.js in the versions of {@code src/interop/package-lock.json}, installed below {@code target}. A test that
 * cannot have them says why.
 */
final class NodePackages {

    private static final Path SOURCE = Path.of("src", "interop");
    private static final Path FOLDER = Path.of("target", "interop").toAbsolutePath();
    private static final Path LOG = FOLDER.resolve("install.log");
    private static final Path DONE = FOLDER.resolve("installed-lock.json");
    private static final int PATIENCE = 300;

    private NodePackages() {}

    /** The folder with the scripts and the packages. */
    static Path ready() throws IOException, InterruptedException {
        Path node = program("node").orElseGet(() -> abort("needs node 20 or newer on the PATH"));
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "package-lock.json", "side.mjs")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!isInstalled()) {
            assumeTrue(
                    Boolean.getBoolean("rillite.interop.install"),
                    "needs the packages of Auth.js: the profile installs them (make interop, or -Pinterop)");
            install(node);
        }
        assumeTrue(
                run(List.of(node.toString(), "-e", "new (require('better-sqlite3'))(':memory:')"), node),
                "needs a better-sqlite3 that loads: see " + LOG);
        Files.copy(FOLDER.resolve("package-lock.json"), DONE, StandardCopyOption.REPLACE_EXISTING);
        return FOLDER;
    }

    private static boolean isInstalled() throws IOException {
        return Files.exists(DONE) && Files.mismatch(DONE, FOLDER.resolve("package-lock.json")) < 0;
    }

    private static void install(Path node) throws IOException, InterruptedException {
        Path npm = program("npm").orElseGet(() -> abort("needs npm on the PATH to install the packages of Auth.js"));
        assumeTrue(
                run(List.of(npm.toString(), "ci", "--no-audit", "--no-fund", "--fetch-retries=1"), node),
                "needs the packages of Auth.js, which npm could not install: see " + LOG);
        if (!Files.exists(FOLDER.resolve("node_modules/better-sqlite3/build/Release/better_sqlite3.node"))) {
            // newer versions of npm hold install scripts back
            run(List.of(npm.toString(), "rebuild", "better-sqlite3"), node);
        }
    }

    private static boolean run(List<String> command, Path node) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
        Path prefix = Optional.ofNullable(node.toRealPath().getParent())
                .map(Path::getParent)
                .orElse(FOLDER);
        if (Files.exists(prefix.resolve("include/node/node.h"))) {
            // what has to be compiled needs no download of headers then
            builder.environment().put("npm_config_nodedir", prefix.toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".cmd")))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
