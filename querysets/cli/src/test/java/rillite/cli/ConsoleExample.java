package rillite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import rillite.cli.Cli.Ran;

/**
 * A command of a page and what it prints there: {@code $ rillite ..}, its standard input from a file where {@code <
 * file} follows, its standard output in a file where {@code > file} does, or {@code $ cat file}. Standard error, with the
 * exit code, is shown where that is not 0.
 *
 * @param command without the prompt
 * @param shown the lines below it; one that is {@code ...} stands for any number of them
 */
record ConsoleExample(String command, List<String> shown) {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** What is never twice the same: times, durations, rates, sizes, versions of SQLite and hashes. */
    private static final Pattern PASSING =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\\d+(\\.\\d+)? (ms|s|min|B|KB|MB)\\b"
                    + "|[\\d,.]+ rows/s|SQLite \\d[\\d.]*|\\b[0-9a-f]{16,64}\\b|\"milliseconds\": \\d+");

    /** The commands of a block. */
    static List<ConsoleExample> of(List<String> block) {
        List<ConsoleExample> examples = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (String line : block) {
            if (line.startsWith("$ ")) {
                shown = new ArrayList<>();
                examples.add(new ConsoleExample(line.substring(2), shown));
            } else {
                shown.add(line);
            }
        }
        return examples;
    }

    /** The lines it prints, run in a folder. */
    List<String> run(Path folder) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(Arrays.asList(word.group(1), word.group(2), word.group(3)).stream()
                    .filter(part -> part != null)
                    .collect(Collectors.joining()));
        }
        try {
            if (words.get(0).equals("cat")) {
                return Files.readAllLines(folder.resolve(words.get(1)));
            }
            int target = words.indexOf(">");
            int source = words.indexOf("<");
            int end = source > 0 ? source : target > 0 ? target : words.size();
            Ran ran = Cli.runIn(
                    folder,
                    source < 0 ? "" : Files.readString(folder.resolve(words.get(source + 1))),
                    false,
                    words.subList(1, end).toArray());
            if (target > 0) {
                Files.writeString(folder.resolve(words.get(target + 1)), ran.out());
            }
            return printed(target > 0 ? "" : ran.out(), ran, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> printed(String out, Ran ran, Path folder) throws IOException {
        String all = out + (ran.code() == 0 ? "" : ran.err() + "(exit code " + ran.code() + ")\n");
        return all.replace(folder.toRealPath() + "/", "")
                .replace(folder + "/", "")
                .lines()
                .toList();
    }

    /** Whether the page shows these lines. */
    boolean shows(List<String> printed) {
        String pattern = shown.stream()
                .map(line -> line.equals("...") ? "(?:[^\n]*\n)*?" : Pattern.quote(lasting(line) + "\n"))
                .collect(Collectors.joining());
        String real = printed.stream().map(line -> lasting(line) + "\n").collect(Collectors.joining());
        return Pattern.matches(pattern, real);
    }

    private static String lasting(String line) {
        return PASSING.matcher(line).replaceAll("~").replaceAll(" {2,}", "  ").stripTrailing();
    }
}
