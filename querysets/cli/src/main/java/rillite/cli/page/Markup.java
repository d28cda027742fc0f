package rillite.cli.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import rillite.cli.Printable;

/**
 * Writes elements. Names and values of a database go through it as text only: nothing in them can open an element, end one,
 * or turn the direction of what stands beside it.
 */
final class Markup {

    private final Appendable target;
    private final Deque<String> open = new ArrayDeque<>();

    Markup(Appendable target) {
        this.target = target;
    }

    /** Opens an element with attributes, given as pairs of names and values. */
    Markup open(String element, Object... attributes) {
        tag(element, attributes);
        raw(">");
        open.push(element);
        return this;
    }

    /** Closes the element that was opened last. */
    Markup close() {
        raw("</" + open.pop() + ">");
        return this;
    }

    /** As {@link #close}, and begins a new line. */
    Markup end() {
        close();
        raw("\n");
        return this;
    }

    /** An element without content. */
    Markup empty(String element, Object... attributes) {
        tag(element, attributes);
        raw("/>");
        return this;
    }

    /** An element that holds a text. */
    Markup element(String element, String text, Object... attributes) {
        return open(element, attributes).text(text).close();
    }

    Markup text(String text) {
        raw(escape(text));
        return this;
    }

    /** A name of the database within a sentence: its direction stays its own. */
    Markup name(String name) {
        return element("bdi", name);
    }

    /** Text that is markup already: files of this program only. */
    Markup raw(String markup) {
        try {
            target.append(markup);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tag(String element, Object... attributes) {
        StringBuilder tag = new StringBuilder("<").append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            tag.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1].toString()))
                    .append('"');
        }
        raw(tag.toString());
    }

    static String escape(String text) {
        String printable = Printable.of(text);
        StringBuilder escaped = new StringBuilder(printable.length() + 16);
        printable.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isForbidden(point) ? '\ufffd' : point);
            }
        });
        return escaped.toString();
    }

    /** Code points that are no characters, which HTML forbids. */
    private static boolean isForbidden(int point) {
        return (point & 0xfffe) == 0xfffe || point >= 0xfdd0 && point <= 0xfdef;
    }
}
