package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every Java block of a page is a tagged region of a test of this package, named by the comment in front of it; the examples
 * may have blocks of their own, which their tests hold. SQL and output behind such a comment are checked by the test that the
 * comment names, see {@link Shown}. To take changes over into the pages, run this package with
 * {@code -Dsnippets.write=true}.
 */
final class SnippetsTests {

    private final Map<String, String> regions = Pages.regions();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> shown = new TreeSet<>();

    @Test
    void blocks_areRegionsOfTests() {
        for (Path page : Pages.all()) {
            Pages.rewrite(page, fence -> check(page, fence));
        }

        assertThat(problems).isEmpty();
        assertThat(regions.keySet()).as("regions that no page shows").isEqualTo(shown);
    }

    private String check(Path page, Fence fence) {
        if (fence.kind().isEmpty()) {
            if (fence.language().equals("java") && !Pages.isHeldByOthers(page)) {
                problems.add(
                        Pages.name(page) + ": a Java block without <!-- snippet: Class#tag -->, which begins with \""
                                + fence.code().lines().findFirst().orElse("") + "\"");
            }
            return fence.code();
        }
        return fence.kind().equals("snippet") ? region(page, fence) : asserted(page, fence);
    }

    private String region(Path page, Fence fence) {
        String region = regions.get(fence.name());
        if (region == null) {
            problems.add(Pages.name(page) + ": no region " + fence.name());
            return fence.code();
        }
        shown.add(fence.name());
        if (!Pages.WRITE && !region.equals(fence.code())) {
            problems.add(
                    Pages.name(page) + ": " + fence.name() + " should be\n" + region + "\nand is\n" + fence.code());
        }
        return region;
    }

    /** What is compared by {@link Shown} must be handed to it somewhere. */
    private String asserted(Path page, Fence fence) {
        String[] name = fence.name().split("#");
        Pattern call = Pattern.compile("\\." + fence.kind() + "\\(\\s*\"" + name[1] + "\"");
        String source = Pages.source("docs/snippets/src/test/java/rillite/docs/" + name[0] + ".java");
        if (!call.matcher(source).find()) {
            problems.add(Pages.name(page) + ": " + name[0] + " has no " + call);
        }
        return fence.code();
    }
}
