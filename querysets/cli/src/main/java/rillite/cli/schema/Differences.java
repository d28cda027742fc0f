package rillite.cli.schema;

import java.util.ArrayList;
import java.util.List;
import rillite.querysets.migrate.MigrationStatus.Entry;
import rillite.querysets.migrate.MigrationStatus.Line;

/** The lines of a changed file that are other than those that were applied, as far as they are known. */
final class Differences {

    private static final int MOST = 5;

    private Differences() {}

    /** The first lines that are new or other, with their numbers. */
    static List<String> of(Entry entry) {
        List<Line> lines = entry.changedLines();
        List<String> shown = new ArrayList<>();
        for (Line line : lines.subList(0, Math.min(MOST, lines.size()))) {
            shown.add(line.number() + " | " + line.text());
        }
        if (lines.size() > MOST) {
            shown.add("and " + (lines.size() - MOST) + " more");
        }
        return List.copyOf(shown);
    }
}
