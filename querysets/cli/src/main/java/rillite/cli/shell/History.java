package rillite.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file that keeps what was typed, in this user's folder of settings; nobody else may read it. */
final class History {

    private History() {}

    /** The file, made when it is missing; null where there is no place for it. */
    static @Nullable Path file(Map<String, String> environment, @Nullable String home) {
        Path settings = settings(environment, home);
        if (settings == null) {
            return null;
        }
        Path folder = settings.resolve("rillite");
        Path file = folder.resolve("history");
        try {
            Files.createDirectories(folder);
            permit(folder, "rwx------");
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            permit(file, "rw-------");
            return file;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Path settings(Map<String, String> environment, @Nullable String home) {
        for (String name : new String[] {"XDG_CONFIG_HOME", "APPDATA"}) {
            String folder = environment.getOrDefault(name, "");
            if (!folder.isEmpty()) {
                return Path.of(folder);
            }
        }
        return home == null || home.isEmpty() ? null : Path.of(home, ".config");
    }

    private static void permit(Path path, String permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
