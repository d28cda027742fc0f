package rillite.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rillite.cli.Numbers;
import rillite.cli.Refusal;

/** Entries from a file or a pipe, in UTF-8. */
final class ScriptInput implements Input {

    /** A longer statement is no script for a shell, and would not fit many heaps. */
    private static final int MOST = 50_000_000;

    /** Longer entries are SQL, which ends at a semicolon and need not be looked at in every line. */
    private static final int SHORT = 2000;

    private final BufferedReader reader;
    private int read;
    private int line;

    ScriptInput(InputStream in) {
        reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    }

    @Override
    public @Nullable String next() {
        StringBuilder entry = new StringBuilder();
        line = read + 1;
        try {
            for (String next = nextLine(); next != null; next = nextLine()) {
                read++;
                if (entry.isEmpty() && next.isBlank()) {
                    line = read + 1;
                    continue;
                }
                entry.append(read == 1 && next.startsWith("\ufeff") ? next.substring(1) : next)
                        .append('\n');
                boolean mayEnd = next.indexOf(';') >= 0 || entry.length() < SHORT;
                if (mayEnd && Entry.isComplete(entry.toString())) {
                    return entry.toString();
                }
                requireShort(entry);
            }
        } catch (CharacterCodingException e) {
            throw new Refusal("Line " + (read + 1) + " of the input is no UTF-8.", e);
        } catch (IOException e) {
            throw new Refusal("The input cannot be read: " + e.getMessage() + ".", e);
        }
        return entry.toString().isBlank() ? null : entry.toString();
    }

    private @Nullable String nextLine() throws IOException {
        StringBuilder text = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            text.append((char) c);
            requireShort(text);
        }
        return text.toString();
    }

    private void requireShort(CharSequence text) {
        if (text.length() > MOST) {
            throw new Refusal("The statement that begins in line " + line + " is longer than " + Numbers.grouped(MOST)
                    + " characters: rows are for rillite import.");
        }
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public boolean isWatched() {
        return false;
    }

    @Override
    public void onInterrupt(Runnable action) {
        // Ctrl-C ends the whole program
    }
}
