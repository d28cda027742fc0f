package rillite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The reference shows what the program does: its examples are run, and every command, argument and option has its line. To
 * take the output over into the page, run this with {@code -Dsnippets.write=true}.
 */
final class ReferenceTests {

    private static final boolean WRITE = Boolean.getBoolean("snippets.write");
    private static final String COMMAND = "rillite ";

    @TempDir
    Path root;

    private final List<String> problems = new ArrayList<>();

    /** Runs the examples of a section in a folder of its own. */
    private final class Examples implements ReferencePage.Reader {
        private final Map<String, String> files = new LinkedHashMap<>();
        private String title = "start";
        private Path folder = begin(title);

        private Path begin(String section) {
            try {
                Path made = Files.createDirectories(root.resolve(section.replace(' ', '-')));
                Cli.shop(made);
                return made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void section(String section) {
            title = section;
            folder = begin(section);
            files.forEach(this::put);
        }

        @Override
        public void file(String name, String text) {
            if (!title.startsWith(COMMAND)) {
                files.put(name, text);
            }
            put(name, text);
        }

        private void put(String name, String text) {
            Path file = folder.resolve(name);
            try {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<String> console(int line, List<String> block) {
            List<String> whole = new ArrayList<>();
            for (ConsoleExample example : ConsoleExample.of(block)) {
                List<String> printed = example.run(folder);
                boolean same = example.shows(printed);
                if (!same) {
                    problems.add("line " + line + ": " + example.command() + "\n" + String.join("\n", printed));
                }
                whole.add("$ " + example.command());
                whole.addAll(same ? example.shown() : printed);
            }
            return whole;
        }
    }

    @Test
    void examples_printWhatThePageShows() {
        ReferencePage page = ReferencePage.read().offeredTo(new Examples());

        if (WRITE) {
            page.write();
        } else {
            assertThat(problems).isEmpty();
        }
    }

    @Test
    void everyCommandArgumentAndOption_hasItsLine() {
        Map<String, String> sections = ReferencePage.read().sections();
        StringBuilder shared = new StringBuilder();
        sections.forEach((title, text) -> shared.append(title.startsWith(COMMAND) ? "" : text));
        List<String> missing = new ArrayList<>();
        Map<String, CommandLine> commands =
                Rillite.commandLine(Terminal.system(Map.of(), false)).getSubcommands();

        commands.forEach((name, command) -> {
            String section = sections.getOrDefault(COMMAND + name, "");
            if (!section.contains("\n" + COMMAND + name)) {
                missing.add("## rillite " + name + ", with how it is called");
            }
            for (ArgSpec argument : command.getCommandSpec().args()) {
                String label = label(argument);
                if (!argument.hidden() && !hasRow(section, label) && !hasRow(shared.toString(), label)) {
                    missing.add("rillite " + name + ": " + label);
                }
            }
        });

        assertThat(missing).isEmpty();
        assertThat(sections.keySet().stream()
                        .filter(title -> title.startsWith(COMMAND))
                        .map(title -> title.substring(COMMAND.length())))
                .as("sections are of commands")
                .allSatisfy(title -> assertThat(commands).containsKey(title));
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName()
                : ((PositionalParamSpec) argument).paramLabel();
    }

    /** A row of a table begins with it, perhaps behind a shorter name: {@code | `-h`, `--help` |}. */
    private static boolean hasRow(String text, String label) {
        return Pattern.compile("(?m)^\\| (?:`-\\w`, )?`" + Pattern.quote(label) + "[` ]")
                .matcher(text)
                .find();
    }
}
