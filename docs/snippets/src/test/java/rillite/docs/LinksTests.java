package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links between pages lead to a file that exists, and to a heading or an anchor in it. */
final class LinksTests {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$", Pattern.MULTILINE);
    private static final Pattern FENCED = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void internalLinks_leadSomewhere() {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : Pages.all()) {
            Matcher link = LINK.matcher(prose(page));
            while (link.find()) {
                if (!link.group(1).matches("[a-z]+:.*")) {
                    links++;
                    if (!exists(page, link.group(1))) {
                        dead.add(Pages.name(page) + ": " + link.group(1));
                    }
                }
            }
        }

        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    @Test
    void everyPage_isLinkedFromTheIndex() {
        String index = Pages.text("README.md");

        for (Path page : Pages.all()) {
            String name = Pages.name(page);
            if (name.startsWith("docs/") && !name.equals("docs/README.md") && !name.startsWith("docs/examples/")) {
                assertThat(index).contains("](" + name.substring("docs/".length()) + ")");
            }
        }
    }

    private static String prose(Path page) {
        return FENCED.matcher(Pages.text(page)).replaceAll("");
    }

    private static boolean exists(Path page, String link) {
        int hash = link.indexOf('#');
        String place = hash < 0 ? link : link.substring(0, hash);
        Path target = place.isEmpty() ? page : page.resolveSibling(place).normalize();
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** The anchors a viewer of Markdown makes of headings, and those that are written. */
    private static Set<String> anchors(Path page) {
        String text = prose(page);
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .forEach(anchors::add);
        ANCHOR.matcher(text).results().map(anchor -> anchor.group(1)).forEach(anchors::add);
        return anchors;
    }
}
