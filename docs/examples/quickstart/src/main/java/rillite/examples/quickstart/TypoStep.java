package rillite.examples.quickstart;

import rillite.examples.quickstart.Explorer.TableInfo;

/** One misspelt column. */
final class TypoStep implements Step {

    @Override
    public String title() {
        return "6. A misspelt column";
    }

    @Override
    public void run(Tour tour) {
        TableInfo table = tour.largest();
        String column = table.columns().stream()
                .filter(name -> name.length() > 4)
                .findFirst()
                .orElse(table.columns().get(0));
        String typo = Names.misspelt(column);
        tour.screen().say("Column \"%s\" of \"%s\" asked for as \"%s\":", column, table.name(), typo);
        tour.screen().code(tour.explorer().misspelt(table, typo).blockOptional().orElse("no error"));
    }
}
