package rillite.querysets.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the class path, in folders and in jars. Every place of the class path that has it counts.
 *
 * @param loader finds it
 * @param folder without a slash at its ends
 */
record ResourceSource(ClassLoader loader, String folder) implements Source {

    @Override
    public List<SourceFile> read(@Nullable String environment) {
        try {
            ReadLimits limits = new ReadLimits();
            List<SourceFile> files = new ArrayList<>();
            if (!readAll(folder, files, limits)) {
                throw MigrationErrors.invalid(
                        toString(),
                        "no such folder on the class path. (A jar must have an entry for the folder itself.)");
            }
            if (environment != null && !readAll(folder + "/" + environment, files, limits)) {
                throw MigrationErrors.invalid(
                        this + "/" + environment,
                        "the environment \"" + environment
                                + "\" has no folder on the class path. Create it, or leave environment(..) out.");
            }
            return files;
        } catch (IOException e) {
            throw MigrationErrors.unreadable(toString(), "cannot be read: " + MigrationErrors.shown(e.toString()), e);
        }
    }

    private boolean readAll(String path, List<SourceFile> files, ReadLimits limits) throws IOException {
        List<URL> places = Collections.list(loader.getResources(path));
        for (URL place : places) {
            if (place.getProtocol().equals("file")) {
                files.addAll(new FolderSource(path(place)).read(null));
            } else {
                readJar(place, path, files, limits);
            }
        }
        return !places.isEmpty();
    }

    private static Path path(URL place) {
        try {
            return Path.of(place.toURI());
        } catch (URISyntaxException e) {
            throw MigrationErrors.unreadable(place.toString(), "is no path.", e);
        }
    }

    private static void readJar(URL place, String path, List<SourceFile> files, ReadLimits limits) throws IOException {
        URLConnection connection = place.openConnection();
        if (!(connection instanceof JarURLConnection jarred)) {
            throw MigrationErrors.invalid(
                    place.toString(),
                    "is neither in a folder nor in a jar; give the migrations by Migrations.ofFiles.");
        }
        jarred.setUseCaches(false);
        try (JarFile jar = jarred.getJarFile()) {
            String prefix = jarred.getEntryName() == null ? path : jarred.getEntryName();
            String start = prefix.endsWith("/") ? prefix : prefix + "/";
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name =
                        entry.getName().startsWith(start) ? entry.getName().substring(start.length()) : "";
                if (name.indexOf('/') < 0 && FileName.isMeant(name)) {
                    String shown = "class path " + start + name;
                    try (InputStream in = jar.getInputStream(entry)) {
                        files.add(new SourceFile(name, shown, limits.read(shown, in)));
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return "class path " + folder;
    }
}
