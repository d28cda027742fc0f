package rillite.querysets.migrate;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file, taken apart: {@code 0001_create_users.up.sql}.
 *
 * @param version 4 to 14 digits
 * @param name lower case letters, digits and underscores
 * @param part which way the file holds
 */
record FileName(String version, String name, Part part) {

    /** Which way a file holds. */
    enum Part {
        UP,
        DOWN,
        /** Up, and behind a marker down. */
        BOTH
    }

    private static final Pattern FORM = Pattern.compile("([0-9]{4,14})_([a-z0-9_]{1,100})(\\.up|\\.down)?\\.sql");
    private static final Pattern ALMOST = Pattern.compile("[vV]?0*([0-9]{1,14})[^0-9](.*)");
    private static final int LONGEST = 200;
    private static final String RULE = "A migration is called 0001_create_users.up.sql, and .down.sql for the way back:"
            + " 4 to 14 digits, then lower case letters, digits and _.";

    /** Whether a file wants to be a migration: it ends with .sql in any case and is not hidden. */
    static boolean isMeant(String name) {
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    static FileName of(SourceFile file) {
        Matcher form = FORM.matcher(file.name());
        if (file.name().length() > LONGEST || !form.matches()) {
            throw MigrationErrors.invalid(
                    file.place(), "the name is none of a migration. " + RULE + better(file.name()));
        }
        if (Long.parseLong(form.group(1)) == 0) {
            throw MigrationErrors.invalid(file.place(), "numbers begin at 0001: 0 stands for an empty history.");
        }
        String ending = form.group(3);
        Part part = ending == null ? Part.BOTH : ending.equals(".up") ? Part.UP : Part.DOWN;
        return new FileName(form.group(1), form.group(2), part);
    }

    /** A name that would do, where it can be guessed. */
    private static String better(String name) {
        String bare = name.substring(0, name.length() - ".sql".length());
        String lower = bare.toLowerCase(Locale.ROOT);
        String ending = lower.endsWith(".down") ? ".down" : lower.endsWith(".up") ? ".up" : "";
        Matcher almost = ALMOST.matcher(bare.substring(0, bare.length() - ending.length()));
        if (name.length() > LONGEST || !almost.matches()) {
            return "";
        }
        String words = almost.group(2)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        String guess = String.format("%4s", almost.group(1)).replace(' ', '0') + "_" + words + ending + ".sql";
        return FORM.matcher(guess).matches() && !guess.equals(name) ? " Should it be " + guess + "?" : "";
    }
}
