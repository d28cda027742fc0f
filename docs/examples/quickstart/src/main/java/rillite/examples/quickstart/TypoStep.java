package rillite.examples.quickstart;

import rillite.querysets.QueryException;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/** One misspelt column. */
final class TypoStep implements Step {

    @Override
    public String title() {
        return "6. A misspelt column";
    }

    @Override
    public void run(Tour tour) {
        Screen screen = tour.screen();
        Table table = tour.largest();
        String column = table.visibleColumns().stream()
                .map(Column::name)
                .filter(name -> name.length() > 4)
                .findFirst()
                .orElse(table.columns().get(0).name());
        String typo = Names.misspelt(column);
        while (table.column(typo).isPresent()) {
            typo = Names.misspelt(typo + "x");
        }
        screen.say("A name that does not exist is found where the query is built, before anything is sent to SQLite:");
        screen.space();
        screen.labelled(
                "Java", Showcase.java(table.name()) + ".filter(" + Showcase.literal(typo) + ", 1)", "(?=\\.filter\\()");
        try {
            tour.database().objects(table.name()).filter(typo, 1);
        } catch (QueryException e) {
            screen.labelled("throws", e.getClass().getSimpleName() + ": " + e.getMessage(), " ");
        }
    }
}
