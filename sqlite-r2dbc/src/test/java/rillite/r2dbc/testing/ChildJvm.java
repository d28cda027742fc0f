package rillite.r2dbc.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A second JVM with the class path of this one, talked to line by line. Closing kills it. */
public final class ChildJvm implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;
    private static final String READY = "ready";
    private static final String END = "end";

    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the main class of a test; its errors go to this JVM's error stream. */
    public static ChildJvm start(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ChildJvm(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a child says to a line. */
    @FunctionalInterface
    public interface Answers {
        List<String> to(String line) throws Exception;
    }

    /** As {@link #start}, of a main class that calls {@link #serve}; waits until it does. */
    public static ChildJvm serving(Class<?> main, String... arguments) {
        ChildJvm child = start(main, arguments);
        String first = child.line();
        if (!first.equals(READY)) {
            child.close();
            throw new AssertionError("the child began with " + first);
        }
        return child;
    }

    /** For the child: answers what the parent {@linkplain #ask asks}, until it asks no more. */
    public static void serve(Answers answers) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(READY);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            answers.to(line).forEach(System.out::println);
            System.out.println(END);
        }
    }

    /** Says a line to a child that {@linkplain #serve serves}, and gives its answer. */
    public List<String> ask(String line) {
        return askWhile(line, List::of);
    }

    /** As {@link #ask}, and does something in this JVM at the same time: the answers of both, those of this JVM first. */
    public List<String> askWhile(String line, Callable<List<String>> here) {
        say(line);
        try {
            List<String> answers = new ArrayList<>(here.call());
            for (String one = line(); !one.equals(END); one = line()) {
                answers.add(one);
            }
            return answers;
        } catch (Exception e) {
            throw new IllegalStateException("while the child was to answer " + line, e);
        }
    }

    /** The class path of the tests, also where the build passes it in a manifest. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The next line the child prints; fails when it ends instead. A child that says nothing for two minutes is killed. */
    public String line() {
        CompletableFuture<Void> silence = CompletableFuture.runAsync(
                this::kill, CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        try {
            String line = out.readLine();
            if (line == null) {
                throw new AssertionError("the child ended with exit code " + exitCode());
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            silence.cancel(false);
        }
    }

    /** Every line up to the end of the child. */
    public List<String> rest() {
        return out.lines().toList();
    }

    /** Sends one line to the child. */
    public void say(String line) {
        try {
            var in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the child without a chance to clean up; what it has printed can still be read. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Says a line, waits for so many lines of the answer, and kills the child: all that it has printed. */
    public List<String> killAmid(String line, int lines) {
        say(line);
        List<String> printed = new ArrayList<>();
        while (printed.size() < lines) {
            printed.add(line());
        }
        kill();
        printed.addAll(rest());
        exitCode();
        return printed;
    }

    /** Waits at most 30 s for the end of the child. */
    public int exitCode() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the child still runs");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        exitCode();
    }
}
