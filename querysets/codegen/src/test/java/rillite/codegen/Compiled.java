package rillite.codegen;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import rillite.querysets.Database;

/** Sources that went through the compiler with every warning an error. */
final class Compiled implements AutoCloseable {

    private final URLClassLoader classes;

    private Compiled(Path folder) {
        try {
            classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compiled.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles the sources, and more that use them, or fails with what the compiler says. */
    static Compiled of(Path folder, GeneratedSources sources, GeneratedFile... more) {
        String problems = problems(folder, sources, more);
        if (!problems.isEmpty()) {
            throw new AssertionError(problems);
        }
        return new Compiled(folder);
    }

    /** What the compiler has against the sources; empty for nothing. */
    static String problems(Path folder, GeneratedSources sources, GeneratedFile... more) {
        List<GeneratedFile> files = new ArrayList<>(sources.files());
        files.addAll(List.of(more));
        List<Source> units = files.stream().map(Source::new).toList();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StringWriter output = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean well = compiler.getTask(
                        output,
                        null,
                        diagnostics,
                        List.of(
                                "-d",
                                folder.toString(),
                                "-Xlint:all,-options",
                                "-Werror",
                                "-proc:none",
                                "--release",
                                "17"),
                        null,
                        units)
                .call();
        if (well && diagnostics.getDiagnostics().isEmpty()) {
            return "";
        }
        StringBuilder problems = new StringBuilder(output.toString());
        diagnostics
                .getDiagnostics()
                .forEach(one -> problems.append(
                                one.getSource() == null
                                        ? ""
                                        : one.getSource().getName() + ":" + one.getLineNumber() + ": ")
                        .append(one.getMessage(Locale.ROOT))
                        .append('\n'));
        return problems.toString();
    }

    Class<?> load(String className) throws ClassNotFoundException {
        return classes.loadClass(className);
    }

    /** Runs a class that was compiled too. */
    @SuppressWarnings("unchecked")
    <T> T run(String className, Database database) {
        try {
            Object function =
                    classes.loadClass(className).getDeclaredConstructor().newInstance();
            return ((Function<Database, T>) function).apply(database);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(GeneratedFile file) {
            super(URI.create("source:///").resolve(uri(file.path())), Kind.SOURCE);
            text = file.text();
        }

        private static URI uri(String path) {
            try {
                return new URI(null, null, "/" + path, null);
            } catch (java.net.URISyntaxException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
