package rillite.querysets.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rillite.r2dbc.SqliteScript;

/** Makes migrations of files: names, numbers, texts and statements are checked, and nothing is asked of a database. */
final class MigrationReader {

    private static final Pattern MARKER = Pattern.compile("(?m)^[ \\t]*--[ \\t]*(?i:down)[ \\t]*$");

    private final Placeholders placeholders;
    private final TreeMap<Long, Found> found = new TreeMap<>();

    private MigrationReader(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    /** The files of one number. */
    private static final class Found {
        final FileName name;
        final SourceFile first;

        @Nullable SourceFile up;

        @Nullable SourceFile down;

        Found(FileName name, SourceFile first) {
            this.name = name;
            this.first = first;
        }
    }

    /** The migrations by number. Blocks, and takes time for large files. */
    static List<Migration> read(Source source, @Nullable String environment, Placeholders placeholders) {
        MigrationReader reader = new MigrationReader(placeholders);
        List<SourceFile> files = new ArrayList<>(source.read(environment));
        files.sort(Comparator.comparing(SourceFile::place));
        files.forEach(reader::sort);
        return reader.found.values().stream().map(reader::migration).toList();
    }

    private void sort(SourceFile file) {
        FileName name = FileName.of(file);
        Found known = found.computeIfAbsent(Long.parseLong(name.version()), number -> new Found(name, file));
        boolean same =
                known.name.version().equals(name.version()) && known.name.name().equals(name.name());
        boolean down = name.part() == FileName.Part.DOWN;
        if (!same || (down ? known.down : known.up) != null) {
            throw MigrationErrors.invalid(
                    file.place(),
                    "has the number of " + MigrationErrors.shown(known.first.place())
                            + ". Two branches may have taken it: give the one that is not applied anywhere the next number.");
        }
        if (down) {
            known.down = file;
        } else {
            known.up = file;
        }
    }

    private Migration migration(Found files) {
        SourceFile up = files.up;
        if (up == null) {
            throw MigrationErrors.invalid(
                    files.first.place(),
                    "has no way up: " + files.name.version() + "_" + files.name.name() + ".up.sql is missing.");
        }
        String text = TextFile.decode(up);
        String sql = placeholders.replace(up.place(), text);
        int marker = marker(up.place(), sql);
        if (marker < 0) {
            MigrationScript down = files.down == null ? null : down(files.down);
            return migration(files.name, text, ScriptReader.read(up.place(), sql, 1, true), down);
        }
        if (files.down != null || FileName.of(up).part() == FileName.Part.UP) {
            throw MigrationErrors.invalid(
                    up.place(),
                    TextFile.line(sql, marker),
                    "-- down is for a file that holds both ways, called " + files.name.version() + "_"
                            + files.name.name() + ".sql. Move what follows into "
                            + files.name.version() + "_" + files.name.name() + ".down.sql.");
        }
        int line = TextFile.line(sql, marker);
        return migration(
                files.name,
                head(text, line - 1),
                ScriptReader.read(up.place(), sql.substring(0, marker), 1, true),
                ScriptReader.read(up.place(), sql.substring(marker), line, false));
    }

    private static Migration migration(FileName name, String text, MigrationScript up, @Nullable MigrationScript down) {
        return new Migration(name.version(), name.name(), Checksum.of(text), up, down);
    }

    private MigrationScript down(SourceFile file) {
        String sql = placeholders.replace(file.place(), TextFile.decode(file));
        if (marker(file.place(), sql) >= 0) {
            throw MigrationErrors.invalid(
                    file.place(), "holds a marker -- down, and is the way down itself. Remove the marker.");
        }
        return ScriptReader.read(file.place(), sql, 1, false);
    }

    private static String head(String text, int lines) {
        int end = 0;
        for (int line = 0; line < lines; line++) {
            end = text.indexOf('\n', end) + 1;
        }
        return text.substring(0, end);
    }

    /** Where the line -- down begins; -1 where there is none. */
    private static int marker(String place, String sql) {
        Matcher lines = MARKER.matcher(sql);
        if (!lines.find()) {
            return -1;
        }
        int first = lines.start();
        int line = TextFile.line(sql, first);
        SqliteScript script = ScriptReader.cut(place, sql);
        int comment = sql.indexOf("--", first);
        if (script.comments().stream().noneMatch(known -> known.start() == comment)) {
            throw MigrationErrors.invalid(
                    place, line, "-- down stands inside a statement or a comment. Is a semicolon missing before it?");
        }
        if (lines.find()) {
            throw MigrationErrors.invalid(
                    place, TextFile.line(sql, lines.start()), "a second -- down. The first is in line " + line + ".");
        }
        return first;
    }
}
