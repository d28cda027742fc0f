package rillite.cli.schema;

import java.util.List;
import picocli.CommandLine.Option;
import rillite.querysets.migrate.make.Make;

/** What only the caller knows of a change of the schema. */
final class DraftChoices {

    @Option(
            names = "--rename",
            paramLabel = "OLD=NEW",
            description = "A table or column has another name and keeps its data: book=volume, book.name=title.",
            order = 10)
    private List<String> renames = List.of();

    @Option(
            names = "--not-renamed",
            paramLabel = "NAME",
            description = "A table or column is gone, although another one like it came.",
            order = 11)
    private List<String> notRenamed = List.of();

    @Option(
            names = "--backfill",
            paramLabel = "COLUMN=SQL",
            description = "What a column is filled with in rows that exist: 'book.slug=lower(title)'.",
            order = 12)
    private List<String> backfills = List.of();

    @Option(
            names = "--ignore",
            paramLabel = "TABLE",
            description = "A table that is not compared; auth_* for all that begin so.",
            order = 13)
    private List<String> ignored = List.of();

    @Option(names = "--allow-data-loss", description = "Let tables and columns go with their data.", order = 14)
    private boolean dataLoss;

    @Option(
            names = "--any-column-order",
            description = "Columns may stand in another order than in the desired schema.",
            order = 15)
    private boolean anyOrder;

    /** The same with all that was chosen. */
    Make on(Make make) {
        Make chosen = make;
        for (String text : renames) {
            Assignment rename = Assignment.parse("--rename", "OLD=NEW", text);
            chosen = chosen.rename(rename.name(), rename.value());
        }
        for (String gone : notRenamed) {
            chosen = chosen.notRenamed(gone);
        }
        for (String text : backfills) {
            Assignment backfill = Assignment.parse("--backfill", "COLUMN=SQL", text);
            chosen = chosen.backfill(backfill.name(), backfill.value());
        }
        chosen = ignored.isEmpty() ? chosen : chosen.ignoring(ignored.toArray(String[]::new));
        chosen = dataLoss ? chosen.allowDataLoss() : chosen;
        return anyOrder ? chosen.anyColumnOrder() : chosen;
    }
}
