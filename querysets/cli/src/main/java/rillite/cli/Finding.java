package rillite.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the doctor says.
 *
 * @param check name of the check
 * @param message what was found, with its place
 * @param fix what to do about it: a statement, or a sentence; null where nothing is to be done
 */
record Finding(
        Level level, String check, String message, @Nullable String fix) {

    /** How much it matters. */
    enum Level {
        /** The check was passed. */
        OK(Style.GREEN),
        /** Good to know. */
        NOTE(Style.CYAN),
        /** It works, and could go wrong or be slow. */
        WARNING(Style.YELLOW),
        /** It is wrong. */
        ERROR(Style.RED);

        private final Style style;

        Level(Style style) {
            this.style = style;
        }

        Style style() {
            return style;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String message) {
        return new Finding(Level.OK, check, message, null);
    }

    static Finding note(String check, String message, String fix) {
        return new Finding(Level.NOTE, check, message, fix);
    }

    static Finding warning(String check, String message, String fix) {
        return new Finding(Level.WARNING, check, message, fix);
    }

    static Finding error(String check, String message, String fix) {
        return new Finding(Level.ERROR, check, message, fix);
    }

    /** Whether the exit code should tell. */
    boolean matters() {
        return level == Level.WARNING || level == Level.ERROR;
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("level", level.word());
        json.put("check", check);
        json.put("message", message);
        json.put("fix", fix);
        return json;
    }
}
