package rillite.querysets.migrate.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * The files of a migration.
 *
 * @param up the way up
 * @param down the way down
 */
public record MigrationFiles(Path up, Path down) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,100}");
    private static final Pattern NUMBERED = Pattern.compile("([0-9]{4,14})_.*\\.sql");

    private static final int LONGEST = 14;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}\n]*}");

    static Mono<MigrationFiles> write(Path folder, String name, MigrationDraft draft) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a migration is named with up to 100 lower case letters, digits and"
                    + " underscores, as in add_isbn, not \"" + name + "\"");
        }
        if (draft.isEmpty()) {
            throw new IllegalStateException("the schemas are the same: there is nothing to write");
        }
        return FileThread.call(() -> {
            try {
                return written(folder, name, draft);
            } catch (IOException e) {
                throw new DraftFileException(
                        "Cannot write a migration to " + folder + ": " + e
                                + ". Existing files are never overwritten; nothing was written.",
                        e);
            }
        });
    }

    private static MigrationFiles written(Path folder, String name, MigrationDraft draft) throws IOException {
        Files.createDirectories(folder);
        String stem = next(folder) + "_" + name;
        Path up = folder.resolve(stem + ".up.sql");
        Path down = folder.resolve(stem + ".down.sql");
        Files.writeString(down, escaped(draft.downSql()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            Files.writeString(up, escaped(draft.upSql()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            Files.deleteIfExists(down);
            throw e;
        }
        return new MigrationFiles(up, down);
    }

    /** The migrator takes <code>${..}</code> for a placeholder and <code>$${..}</code> for the text. */
    private static String escaped(String sql) {
        return PLACEHOLDER.matcher(sql).replaceAll(Matcher.quoteReplacement("$") + "$0");
    }

    /** The number after the highest one, with as many digits. */
    private static String next(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> numbers = files.map(
                            file -> NUMBERED.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .toList();
            long highest = numbers.stream().mapToLong(Long::parseLong).max().orElse(0);
            int digits = numbers.stream()
                    .filter(number -> Long.parseLong(number) == highest)
                    .mapToInt(String::length)
                    .max()
                    .orElse(4);
            String next = String.format("%0" + digits + "d", highest + 1);
            if (next.length() > LONGEST) {
                throw new IOException("there is no number of " + LONGEST + " digits after " + highest);
            }
            return next;
        }
    }
}
