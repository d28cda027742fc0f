package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FenceTests {

    @Test
    void rewrite_blockDirectlyBehindTheMarker_changesOnlyItsLines() {
        String page = """
                Text.
                <!-- snippet: A#one -->
                ```java
                old();
                ```
                More text.

                <!-- snippet: A#two -->

                ```java
                older();
                ```
                """;

        assertThat(Fence.rewrite(page, Fence::name))
                .isEqualTo(page.replace("old();", "A#one").replace("older();", "A#two"));
    }

    @Test
    void rewrite_emptyBlock_isFilledAndTakesNothingOfTheNext() {
        String page = """
                <!-- snippet: A#one -->
                ```java
                ```
                Text between `code`.
                ```sql
                SELECT 1
                ```
                """;

        assertThat(Fence.rewrite(page, fence -> fence.name().isEmpty() ? fence.code() : "one();\ntwo();"))
                .isEqualTo(page.replace("```java\n", "```java\none();\ntwo();\n"));
    }

    @Test
    void of_blocksBehindEachOther_haveTheirOwnMarkers() {
        String page = """
                <!-- snippet: A#one -->
                ```java
                code();
                ```
                <!-- sql: A#two -->
                ```sql
                SELECT 1
                ```
                ```
                plain
                ```
                """;

        assertThat(Fence.of(page))
                .isEqualTo(List.of(
                        new Fence("snippet", "A#one", "java", "code();"),
                        new Fence("sql", "A#two", "sql", "SELECT 1"),
                        new Fence("", "", "", "plain")));
    }

    @Test
    void of_textAfterTheMarker_takesTheMarkerAway() {
        assertThat(Fence.of("<!-- snippet: A#one -->\nText.\n```java\ncode();\n```\n"))
                .containsExactly(new Fence("", "", "java", "code();"));
    }

    @Test
    void rewrite_sameLines_keepsEveryCharacter() {
        String page = "# Page\r\n<!-- snippet: A#one -->\r\n```java title\r\ncode();\r\n\r\n```\r\nend";

        assertThat(Fence.rewrite(page, Fence::code)).isEqualTo(page);
    }

    @Test
    void rewrite_longerFence_holdsAFence() {
        String page = "````\n```java\ncode();\n```\n````\n";

        assertThat(Fence.of(page)).containsExactly(new Fence("", "", "", "```java\ncode();\n```"));
    }

    @Test
    void of_openBlock_isRefused() {
        assertThatThrownBy(() -> Fence.of("text\n```java\ncode();\n")).hasMessageContaining("line 2");
    }
}
