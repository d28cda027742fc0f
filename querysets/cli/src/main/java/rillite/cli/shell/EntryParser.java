package rillite.cli.shell;

import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the editor where an entry ends, and which word the cursor is in. */
final class EntryParser implements Parser {

    /** The word up to the cursor is all that matters to the completion of names. */
    private record Typed(String line, int cursor, String word, int wordCursor) implements ParsedLine {

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !line.isBlank() && !Entry.isComplete(line)) {
            throw new EOFError(-1, -1, "the statement has no semicolon yet");
        }
        int at = Math.min(cursor, line.length());
        int start = at;
        while (start > 0 && isPart(line.charAt(start - 1))) {
            start--;
        }
        boolean dotCommand = start > 0
                && line.charAt(start - 1) == '.'
                && line.substring(0, start - 1).isBlank();
        boolean quoted = start > 0 && line.charAt(start - 1) == '"';
        if (dotCommand || quoted) {
            start--;
        }
        int end = at;
        while (end < line.length() && isPart(line.charAt(end))) {
            end++;
        }
        return new Typed(line, at, line.substring(start, end), at - start);
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }
}
