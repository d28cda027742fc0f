package rillite.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs commands in this process, and makes files for them. */
public final class Cli {

    private static final int WIDTH = 100;

    private Cli() {}

    /** What a command gave. */
    public record Ran(int code, String out, String err) {

        public List<String> lines() {
            return out.lines().toList();
        }
    }

    public static Ran run(Object... arguments) {
        return runWith("", false, arguments);
    }

    /** As on a screen with colours. */
    public static Ran runWatched(Object... arguments) {
        return runWith("", true, arguments);
    }

    public static Ran runWith(String input, boolean watched, Object... arguments) {
        return runIn(Path.of(""), input, watched, arguments);
    }

    /** With another standard input. */
    public static Ran runWith(InputStream in, Object... arguments) {
        return ran(Path.of(""), in, false, arguments);
    }

    /** As if it were called from that folder. */
    public static Ran runIn(Path folder, Object... arguments) {
        return runIn(folder, "", false, arguments);
    }

    /** The same, with somebody who types. */
    public static Ran runIn(Path folder, String input, boolean watched, Object... arguments) {
        return ran(folder, typed(input), watched, arguments);
    }

    private static Ran ran(Path folder, InputStream in, boolean watched, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = run(folder, in, new PrintWriter(out), new PrintWriter(err), watched, arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    private static InputStream typed(String input) {
        return new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, for somebody who reads while it runs; gives the exit code. */
    public static int runInto(PrintWriter out, Path folder, Object... arguments) {
        return run(folder, typed(""), out, new PrintWriter(new StringWriter()), false, arguments);
    }

    private static int run(
            Path folder, InputStream in, PrintWriter out, PrintWriter err, boolean watched, Object... arguments) {
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return Rillite.run(new Terminal(in, out, err, watched, watched, WIDTH), folder, words.toArray(String[]::new));
    }

    /** A file with the sample shop. */
    public static Path shop(Path folder) {
        return database(folder.resolve("shop.db"), script("shop.sql"));
    }

    /** Creates a file and runs a script in it. */
    public static Path database(Path file, String script) {
        jdbc(file, script);
        return file;
    }

    public static void jdbc(Path file, String script) {
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = jdbc.createStatement()) {
            statement.executeUpdate(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, as plain sqlite-jdbc reads them. */
    public static List<List<@Nullable Object>> rows(Path file, String sql) {
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = jdbc.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String script(String name) {
        try (InputStream in = Objects.requireNonNull(Cli.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
