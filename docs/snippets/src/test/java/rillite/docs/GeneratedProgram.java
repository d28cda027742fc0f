package rillite.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources of a folder, compiled with every warning an error. */
record GeneratedProgram(URLClassLoader classes) implements AutoCloseable {

    static GeneratedProgram of(Path sources, Path classes) throws IOException {
        Files.createDirectories(classes);
        StringWriter output = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d", classes.toString(), "-Xlint:all,-options", "-Werror", "-proc:none", "--release", "17");
            boolean well = compiler.getTask(
                            output, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!well) {
                throw new AssertionError(output.toString());
            }
        }
        URL[] place = {classes.toUri().toURL()};
        return new GeneratedProgram(new URLClassLoader(place, GeneratedProgram.class.getClassLoader()));
    }

    /** Calls the static method of that name. */
    @SuppressWarnings("unchecked")
    <T> T call(String type, String method, Object... arguments) throws ReflectiveOperationException {
        for (Method one : classes.loadClass(type).getMethods()) {
            if (one.getName().equals(method)) {
                return (T) one.invoke(null, arguments);
            }
        }
        throw new NoSuchMethodException(method);
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
