package rillite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reference of the command line: sections, each with examples in console blocks. A block behind {@code <!-- file: name
 * -->} is a file of the examples; one before the first section of a command belongs to all of them.
 */
final class ReferencePage {

    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->");
    private static final String FENCE = "```";

    private final Path page;
    private final List<String> lines;

    private ReferencePage(Path page, List<String> lines) {
        this.page = page;
        this.lines = lines;
    }

    static ReferencePage read() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        Path page = folder.resolve("docs/reference/cli.md");
        try {
            return new ReferencePage(page, Files.readAllLines(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of each section by its title; what stands before the first one has none. */
    Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        String title = "";
        for (String line : lines) {
            title = line.startsWith("## ") ? line.substring(3) : title;
            sections.merge(title, line + "\n", String::concat);
        }
        return sections;
    }

    /** What happens at the parts of a page that matter to examples. */
    interface Reader {
        void section(String title);

        void file(String name, String text);

        /** The lines that the block should have. */
        List<String> console(int line, List<String> block);
    }

    /** Goes through the page, and gives it as it should be. */
    ReferencePage offeredTo(Reader reader) {
        List<String> written = new ArrayList<>();
        String file = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            written.add(line);
            Matcher marker = FILE.matcher(line);
            if (line.startsWith("## ")) {
                reader.section(line.substring(3));
            } else if (marker.matches()) {
                file = marker.group(1);
            } else if (line.startsWith(FENCE)) {
                int end = lines.subList(i + 1, lines.size()).indexOf(FENCE) + i + 1;
                List<String> block = lines.subList(i + 1, end);
                if (!file.isEmpty()) {
                    reader.file(file, String.join("\n", block) + "\n");
                }
                written.addAll(line.equals(FENCE + "console") ? reader.console(i + 1, block) : block);
                written.add(FENCE);
                i = end;
                file = "";
            }
        }
        return new ReferencePage(page, written);
    }

    void write() {
        try {
            Files.write(page, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
