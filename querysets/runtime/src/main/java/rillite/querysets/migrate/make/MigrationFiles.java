package rillite.querysets.migrate.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.internal.FileThread;

/**
 * The files of a migration.
 *
 * @param up the way up
 * @param down the way down
 */
public record MigrationFiles(Path up, Path down) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,100}");
    private static final Pattern NUMBERED = Pattern.compile("([0-9]{4,14})_.*\\.sql");

    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
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
        Path down = put(folder, stem + ".down.sql", draft.downSql());
        try {
            return new MigrationFiles(put(folder, stem + ".up.sql", draft.upSql()), down);
        } catch (IOException e) {
            Files.deleteIfExists(down);
            throw e;
        }
    }

    /** Whatever stops it leaves no half of a file, which the migrator would run. */
    private static Path put(Path folder, String name, String sql) throws IOException {
        Path part = folder.resolve(
                name + ".part-" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36));
        try {
            Files.writeString(part, escaped(sql), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return Files.move(part, folder.resolve(name));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The migrator takes <code>${..}</code> for a placeholder and <code>$${..}</code> for the text. */
    private static String escaped(String sql) {
        return PLACEHOLDER.matcher(sql).replaceAll(Matcher.quoteReplacement("$") + "$0");
    }

    /** The number after the highest one, with as many digits. */
    private static String next(Path folder) throws IOException {
        List<String> numbers = numbers(folder);
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

    /** The numbers that are taken, by the files of environments too: these share them. */
    private static List<String> numbers(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(folder));
        try (Stream<Path> inner = Files.list(folder)) {
            inner.filter(file -> ENVIRONMENT.matcher(nameOf(file)).matches() && Files.isDirectory(file))
                    .forEach(folders::add);
        }
        List<String> numbers = new ArrayList<>();
        for (Path place : folders) {
            try (Stream<Path> files = Files.list(place)) {
                files.map(file -> NUMBERED.matcher(nameOf(file)))
                        .filter(Matcher::matches)
                        .forEach(matcher -> numbers.add(matcher.group(1)));
            }
        }
        return numbers;
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }
}
