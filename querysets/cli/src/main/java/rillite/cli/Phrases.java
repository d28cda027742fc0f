package rillite.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What errors of the libraries advise to programs, in words for somebody who types commands. */
final class Phrases {

    private static final Map<String, String> PHRASES = new LinkedHashMap<>();

    static {
        PHRASES.put(" A table that was created just now is known after refresh().", "");
        PHRASES.put(", or raise connectTimeout.", ", and try again when it has ended.");
        PHRASES.put("took longer than connectTimeout (", "took too long (");
        PHRASES.put("was refused for connectTimeout (", "was refused for too long (");
        PHRASES.put("it may not be written; open it with mode=ro", "it may not be written: change its permissions");
        PHRASES.put(
                "WAL needs a writable directory; open with mode=ro and immutable=true if nobody writes.",
                "A write-ahead log needs a folder that may be written: copy the file to one.");
        PHRASES.put("The database is open with mode=ro", "The file is only read here");
    }

    private Phrases() {}

    static String of(String message) {
        String said = message;
        for (Map.Entry<String, String> phrase : PHRASES.entrySet()) {
            said = said.replace(phrase.getKey(), phrase.getValue());
        }
        return said;
    }
}
