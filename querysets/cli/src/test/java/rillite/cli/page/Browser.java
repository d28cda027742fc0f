package rillite.cli.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A Chromium without a screen, with a profile of its own. Found on the PATH, or named by the system property {@code
 * rillite.chromium}; where there is none that starts the test is skipped and says so.
 */
final class Browser implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private final Path profile;
    private final Process process;
    private final DevTools tools;

    private Browser(Path profile, Process process, DevTools tools) {
        this.profile = profile;
        this.process = process;
        this.tools = tools;
    }

    static Browser start(Path profile) throws IOException {
        Optional<Path> program = find();
        assumeTrue(
                program.isPresent(),
                "needs Chromium: install it (apt-get install chromium), or name it with -Drillite.chromium=..");
        Process process = new ProcessBuilder(
                        program.orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-breakpad",
                        "--disable-crash-reporter",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile())
                .start();
        try {
            return new Browser(profile, process, new DevTools(address(profile, process)));
        } catch (RuntimeException e) {
            end(process);
            return Assumptions.abort("needs a Chromium that starts: " + e.getMessage());
        }
    }

    private static Optional<Path> find() {
        String named = System.getProperty("rillite.chromium");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The browser writes where it listens into a file: the port and a path, each in a line. */
    private static URI address(Path profile, Process process) {
        Path file = profile.resolve("DevToolsActivePort");
        List<String> lines = new ArrayList<>();
        Awaitility.await("Chromium listens").atMost(DevTools.PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "Chromium has ended: " + Files.readString(profile.resolve("output.txt")));
            }
            lines.clear();
            if (Files.exists(file)) {
                lines.addAll(Files.readAllLines(file));
            }
            // it may be half written
            return lines.size() >= 2 && lines.get(1).startsWith("/devtools/browser/");
        });
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    }

    /** Opens a page in a tab and waits until it is loaded. */
    Tab open(Path page) {
        String target = tools.send(null, "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asString();
        String session = tools.send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        Tab tab = new Tab(tools, session, page.toUri());
        tab.load();
        return tab;
    }

    @Override
    public void close() throws IOException {
        try {
            tools.send(null, "Browser.close", Map.of());
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (CompletionException | InterruptedException e) {
            // it is ended below whatever it says
        } finally {
            tools.close();
            end(process);
            clean();
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 20, TimeUnit.SECONDS)
                .join();
    }

    private void clean() throws IOException {
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
