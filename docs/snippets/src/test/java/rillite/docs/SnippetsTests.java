package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every Java block of a page is a tagged region of a test of this package, named by the comment in front of it; the front
 * page and the examples may have blocks of their own, which tests of the examples hold. To take a changed region over into
 * the pages, run this with {@code -Dsnippets.write=true}.
 */
final class SnippetsTests {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- snippet: (?<name>[\\w#]+) -->\\s*\\n)?(?<open>```java[^\\n]*\\n)(?<code>.*?)\\n(?<close>```)",
            Pattern.DOTALL);
    private static final boolean WRITE = Boolean.getBoolean("snippets.write");

    private final Map<String, String> regions = Pages.regions();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> shown = new TreeSet<>();

    @Test
    void javaBlocks_areRegionsOfTests() throws IOException {
        for (Path page : Pages.all()) {
            String text = Pages.text(page);
            Matcher block = BLOCK.matcher(text);
            String checked = block.replaceAll(found -> Matcher.quoteReplacement(check(page, block)));
            if (WRITE && !checked.equals(text)) {
                Files.writeString(page, checked);
            }
        }

        assertThat(problems).isEmpty();
        assertThat(regions.keySet()).as("regions that no page shows").isEqualTo(shown);
    }

    private String check(Path page, Matcher block) {
        String name = block.group("name");
        String region = name == null ? null : regions.get(name);
        if (name == null && Pages.isHeldByOthers(page)) {
            return block.group();
        }
        if (name == null) {
            problems.add(Pages.name(page) + ": a Java block without <!-- snippet: Class#tag -->, which begins with \""
                    + block.group("code").lines().findFirst().orElse("") + "\"");
        } else if (region == null) {
            problems.add(Pages.name(page) + ": no region " + name);
        } else if (!region.equals(block.group("code"))) {
            shown.add(name);
            if (WRITE) {
                return "<!-- snippet: " + name + " -->\n" + block.group("open") + region + "\n```";
            }
            problems.add(Pages.name(page) + ": " + name + " should be\n" + region + "\nand is\n" + block.group("code"));
        } else {
            shown.add(name);
        }
        return block.group();
    }
}
