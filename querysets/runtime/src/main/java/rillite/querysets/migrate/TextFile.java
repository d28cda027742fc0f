package rillite.querysets.migrate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The text of a file: UTF-8 without exception, with or without a byte order mark; line ends become \n. */
final class TextFile {

    private static final char MARK = '\uFEFF';

    private TextFile() {}

    /**
     * @throws InvalidMigrationException the file is not UTF-8, holds a zero character, or ends lines by a carriage return
     *     alone; the message has the line
     */
    static String decode(SourceFile file) {
        byte[] content = file.content();
        refuseUtf16(file, content);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int at = in.position();
            throw MigrationErrors.invalid(
                    file.place(),
                    line(content, at),
                    "the byte 0x" + String.format("%02X", content[at]) + " at offset " + at
                            + " is not UTF-8. Save the file as UTF-8.");
        }
        String text = out.flip().toString();
        return lines(file, text.isEmpty() || text.charAt(0) != MARK ? text : text.substring(1));
    }

    private static void refuseUtf16(SourceFile file, byte[] content) {
        boolean mark = content.length >= 2
                && ((content[0] == (byte) 0xFF && content[1] == (byte) 0xFE)
                        || (content[0] == (byte) 0xFE && content[1] == (byte) 0xFF));
        if (mark) {
            throw MigrationErrors.invalid(file.place(), 1, "the file is UTF-16. Save it as UTF-8.");
        }
    }

    /** A statement behind a comment must not vanish because an editor ended the comment's line in its own way. */
    private static String lines(SourceFile file, String text) {
        String unified = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
        int alone = unified.indexOf('\r');
        if (alone >= 0) {
            throw MigrationErrors.invalid(
                    file.place(),
                    line(unified, alone),
                    "a line ends with a carriage return alone. Save with \\n or \\r\\n.");
        }
        int zero = unified.indexOf('\0');
        if (zero >= 0) {
            throw MigrationErrors.invalid(
                    file.place(), line(unified, zero), "a zero character, where SQLite would stop reading. Remove it.");
        }
        return unified;
    }

    private static int line(byte[] content, int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            if (content[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    /** The number of the line, from 1, in which the character stands. */
    static int line(CharSequence text, int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }
}
