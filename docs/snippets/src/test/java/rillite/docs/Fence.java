package rillite.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param kind what the comment in front of it says it shows: {@code snippet}, {@code sql} or {@code output}; empty when
 *     there is none
 * @param name the place that it shows, {@code Class#tag}; empty when there is no comment
 * @param language the word behind the opening fence
 * @param code the lines between the fences
 */
record Fence(String kind, String name, String language, String code) {

    private static final Pattern MARKER = Pattern.compile("<!-- (snippet|sql|output): ([\\w#]+) -->\\s*");
    private static final Pattern OPENING = Pattern.compile("(`{3,})\\s*(\\w*)[^`]*");

    /** The blocks of a page, in their order. */
    static List<Fence> of(String page) {
        List<Fence> fences = new ArrayList<>();
        rewrite(page, fence -> {
            fences.add(fence);
            return fence.code();
        });
        return fences;
    }

    /** The page with other lines between its fences; everything else stays as it is. */
    static String rewrite(String page, Function<Fence, String> code) {
        StringBuilder written = new StringBuilder(page.length());
        List<String> lines = List.of(page.split("(?<=\n)", -1));
        String kind = "";
        String name = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            written.append(line);
            Matcher marker = MARKER.matcher(line.strip());
            Matcher opening = OPENING.matcher(line.stripTrailing());
            if (marker.matches()) {
                kind = marker.group(1);
                name = marker.group(2);
            } else if (opening.matches()) {
                int end = close(lines, i, opening.group(1));
                String old = String.join("", lines.subList(i + 1, end)).stripTrailing();
                String fresh = code.apply(new Fence(kind, name, opening.group(2), old));
                if (fresh.equals(old)) {
                    lines.subList(i + 1, end).forEach(written::append);
                } else {
                    written.append(fresh).append(fresh.isEmpty() ? "" : "\n");
                }
                written.append(lines.get(end));
                i = end;
                kind = "";
                name = "";
            } else if (!line.isBlank()) {
                kind = "";
                name = "";
            }
        }
        return written.toString();
    }

    private static int close(List<String> lines, int open, String fence) {
        for (int i = open + 1; i < lines.size(); i++) {
            if (lines.get(i).strip().matches("`{" + fence.length() + ",}")) {
                return i;
            }
        }
        throw new IllegalStateException("A block that no fence closes: line " + (open + 1));
    }
}
