package rillite.examples.quickstart;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was asked on the command line.
 *
 * @param file the user's database; empty for the sample
 */
record Arguments(Optional<Path> file, boolean serve, boolean help) {

    static final String HELP = """
            Shows Rillite at work, with real numbers, in about ten seconds.

              ./demo                    on a sample bookshop, made in a temporary folder
              ./demo path/to/any.db     on your file, which is only read, never written
              ./demo --serve [file]     answers HTTP on a free port: tables as JSON lines
              ./demo --help             this text

            Exit codes: 0 well, 1 a step failed, 2 a wrong call or file.
            """;

    /**
     * @throws Refusal for an unknown option or a second file
     */
    static Arguments parse(String... arguments) {
        Optional<Path> file = Optional.empty();
        boolean serve = false;
        boolean help = false;
        boolean options = true;
        for (String argument : arguments) {
            if (options && argument.equals("--")) {
                options = false;
            } else if (options && argument.equals("--serve")) {
                serve = true;
            } else if (options && (argument.equals("--help") || argument.equals("-h"))) {
                help = true;
            } else if (options && argument.startsWith("-")) {
                throw new Refusal("Unknown option \"" + argument + "\": the demo knows --serve and --help"
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
        return new Arguments(file, serve, help);
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new Refusal("\"" + argument + "\" is no path: " + e.getReason() + ".", e);
        }
    }
}
