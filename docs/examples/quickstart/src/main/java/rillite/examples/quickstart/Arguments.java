package rillite.examples.quickstart;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * What was asked on the command line.
 *
 * @param file the user's database; empty for the sample
 * @param make where the sample is to be made and left; empty for a temporary folder
 */
record Arguments(Optional<Path> file, Optional<Path> make, boolean serve, boolean help) {

    static final String HELP = """
            Shows Rillite at work, with real numbers, in about ten seconds.

              ./demo                    on a sample bookshop, made in a temporary folder
              ./demo path/to/any.db     on your file, which is only read, never written
              ./demo --make file        makes the sample there, for programs of yours
              ./demo --serve [file]     answers HTTP on a free port: tables as JSON lines
              ./demo --help             this text

            Exit codes: 0 well, 1 a step failed, 2 a wrong call or file.
            """;

    /**
     * @throws Refusal for an unknown option, a second file, or no file after {@code --make}
     */
    static Arguments parse(String... arguments) {
        Optional<Path> file = Optional.empty();
        Optional<Path> make = Optional.empty();
        boolean serve = false;
        boolean help = false;
        boolean options = true;
        for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (options && argument.equals("--")) {
                options = false;
            } else if (options && argument.equals("--serve")) {
                serve = true;
            } else if (options && argument.equals("--make")) {
                if (!rest.hasNext()) {
                    throw new Refusal("--make needs the path of the file to make.");
                }
                make = Optional.of(path(rest.next()));
            } else if (options && (argument.equals("--help") || argument.equals("-h"))) {
                help = true;
            } else if (options && argument.startsWith("-")) {
                throw new Refusal("Unknown option \"" + argument + "\": the demo knows --serve, --make and --help"
                        + " (a file whose name begins with a dash comes after --).");
            } else if (argument.isBlank()) {
                throw new Refusal("The file name is empty: give the path of a database, or nothing for the sample.");
            } else if (file.isPresent()) {
                throw new Refusal("The demo takes one file, and was given \"" + file.get() + "\" and \"" + argument
                        + "\" (quote a path that contains a space).");
            } else {
                file = Optional.of(path(argument));
            }
        }
        if (make.isPresent() && (file.isPresent() || serve)) {
            throw new Refusal("--make makes the sample and ends: it goes with no other file and not with --serve.");
        }
        return new Arguments(file, make, serve, help);
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new Refusal("\"" + argument + "\" is no path: " + e.getReason() + ".", e);
        }
    }
}
