package rillite.cli.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours of an entry while it is typed. */
final class SqlHighlighter implements Highlighter {

    // possessive, as a repeated choice takes a piece of the stack for each character otherwise
    private static final Pattern TOKEN = Pattern.compile("(?<comment>--[^\n]*|/\\*(?s:.*?)(?:\\*/|$))"
            + "|(?<text>'(?:[^']++|'')*+'?)"
            + "|(?<name>\"(?:[^\"]++|\"\")*+\"?|`[^`]*`?|\\[[^]]*]?)"
            + "|(?<number>\\b[0-9][0-9a-fA-Fx._]*\\b)"
            + "|(?<dot>^\\s*\\.\\w+)"
            + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)");

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        return highlight(buffer);
    }

    static AttributedString highlight(String buffer) {
        AttributedStringBuilder painted = new AttributedStringBuilder();
        Matcher token = TOKEN.matcher(buffer);
        int from = 0;
        while (token.find()) {
            painted.append(buffer.substring(from, token.start()));
            painted.styled(style(token), token.group());
            from = token.end();
        }
        return painted.append(buffer.substring(from)).toAttributedString();
    }

    private static AttributedStyle style(Matcher token) {
        if (token.group("comment") != null) {
            return AttributedStyle.DEFAULT.faint();
        }
        if (token.group("text") != null) {
            return AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
        }
        if (token.group("number") != null) {
            return AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
        }
        if (token.group("dot") != null) {
            return AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
        }
        String word = token.group("word");
        return word != null && SqlWords.has(word) ? AttributedStyle.BOLD : AttributedStyle.DEFAULT;
    }
}
