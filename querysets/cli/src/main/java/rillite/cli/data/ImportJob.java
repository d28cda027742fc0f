package rillite.cli.data;

import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.cli.Command;
import rillite.cli.Failure;
import rillite.cli.InputFile;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Style;
import rillite.cli.Terminal;
import rillite.querysets.Nearest;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** One import, from its call to its summary. */
final class ImportJob {

    private final Terminal terminal;
    private final Output output;
    private final ImportCall call;
    private final ImportSource source;
    private final long start = System.nanoTime();

    ImportJob(Terminal terminal, Output output, ImportCall call, ImportSource source) {
        this.terminal = terminal;
        this.output = output;
        this.call = call;
        this.source = source;
    }

    /** Gives the exit code. */
    int run() {
        InputFile input = Files.exists(call.database()) || !call.create() ? InputFile.of(call.database()) : null;
        // first, so that what is refused does not leave an empty file
        Preview preview = input == null ? looked() : null;
        output.note("Writing to " + (input == null ? call.database().toAbsolutePath() : input.real()));
        try (OpenDatabase open =
                input == null ? OpenDatabase.create(call.database()) : OpenDatabase.forWriting(input)) {
            Schema schema = open.database().schema();
            Table found = schema.find(call.table()).orElse(null);
            if (found == null && !call.create()) {
                throw unknown(schema);
            }
            boolean look = found == null || call.shape().form() == InputShape.Form.NDJSON;
            if (found == null) {
                requireNothingLeft(open);
            }
            Preview known = preview == null && look ? looked(found) : preview;
            Table table = found != null ? found : create(open, Objects.requireNonNull(known));
            return summary(move(open, table, known == null ? List.of() : known.names()));
        }
    }

    /**
     * What became of it.
     *
     * @param before where it began
     * @param after where it ended
     */
    private record Outcome(ImportState before, ImportState after) {}

    /** What is to be in a new table, once nothing speaks against it. */
    private Preview looked() {
        requireNoRejects();
        Preview preview = preview();
        preview.createSql(call.table(), call.key());
        return preview;
    }

    private Preview looked(@Nullable Table found) {
        return found == null ? looked() : preview();
    }

    private Preview preview() {
        source.keep();
        try (Bar bar = Bar.ofBytes(terminal, "Looking", source.size())) {
            return Preview.of(source, call.shape(), call.columns(), bar::at);
        }
    }

    private Refusal unknown(Schema schema) {
        List<String> tables = schema.tables().stream().map(Table::name).toList();
        return new Refusal("There is no table \"" + call.table() + "\"."
                + Nearest.hint(Nearest.of(call.table(), tables)) + " Name one with --table, or make it with --create.");
    }

    /** A table that is missing cannot be gone on with. */
    private void requireNothingLeft(OpenDatabase open) {
        ImportState.Kept kept = ImportState.find(open, new ImportState.Key(source.identity(), call.table(), ""));
        if (kept != null && !isOver(kept)) {
            throw new Refusal("The table \"" + call.table() + "\" is gone, and an import of " + source.name()
                    + " went into it: begin again with --restart.");
        }
    }

    private Table create(OpenDatabase open, Preview preview) {
        String sql = preview.createSql(call.table(), call.key());
        if (!output.isJson()) {
            output.say(Style.DIM, sql);
        }
        open.changed(sql, List.of()).block();
        return Objects.requireNonNull(open.database().refresh().block())
                .schema()
                .find(call.table())
                .orElseThrow();
    }

    private Outcome move(OpenDatabase open, Table table, List<String> names) {
        long[] position = new long[1];
        try (Bar bar = Bar.ofBytes(terminal, "Importing", source.size());
                Entries entries = call.shape().open(source, names, bytes -> position[0] = bytes)) {
            ImportTarget target = ImportTarget.of(table, names(entries, table));
            ImportState.Key key = new ImportState.Key(source.identity(), table.name(), call.text(target));
            ImportState before = before(open, key);
            Rejects rejects =
                    new Rejects(call.rejected(), entries.names().isEmpty() ? call.columns() : entries.names());
            Importer importer = new Importer(entries, target, key, before, rejects, call.options());
            if (!importer.skip()) {
                throw new Refusal(source.name() + " has changed since " + Output.count(before.records(), "record")
                        + " of it were imported: --restart begins again, and what was added stays.");
            }
            if (before.finished()) {
                requireEnd(entries);
                return new Outcome(before, before);
            }
            try (rejects) {
                run(open, importer, state -> bar.at(position[0], state.records() - before.records()));
            }
            return new Outcome(before, importer.stored());
        } catch (IOException e) {
            throw new Failure(source.name() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private List<String> names(Entries entries, Table table) {
        if (!call.columns().isEmpty()) {
            return call.columns();
        }
        return entries.names().isEmpty() && !call.shape().header()
                ? table.visibleColumns().stream()
                        .filter(column -> !column.isGenerated())
                        .map(Column::name)
                        .toList()
                : entries.names();
    }

    /** The state to go on from. */
    private ImportState before(OpenDatabase open, ImportState.Key key) {
        ImportState.Kept kept = ImportState.find(open, key);
        if (kept != null && isOver(kept)) {
            ImportState.forget(open, key);
            kept = null;
        }
        if (kept == null) {
            requireNoRejects();
            return ImportState.NOTHING;
        }
        if (!call.resume()) {
            throw new Refusal("An import of " + source.name() + " into \"" + call.table() + "\" ended behind "
                    + Output.count(kept.state().records(), "record")
                    + ": go on with --resume, or forget it with --restart.");
        }
        if (!kept.call().equals(key.call())) {
            throw new Refusal("The import of " + source.name() + " into \"" + call.table()
                    + "\" was begun with other options, or the table is another one: give the same, or begin again with"
                    + " --restart.");
        }
        return kept.state();
    }

    /** Whether what an earlier run has left is of no use for this one. */
    private boolean isOver(ImportState.Kept kept) {
        return call.restart() || kept.state().finished() && !call.resume();
    }

    private void requireNoRejects() {
        if (Files.exists(call.rejected()) && !call.force()) {
            throw new Refusal("\"" + call.rejected()
                    + "\" exists, and rejected rows would go there: move it, name another with --rejected, or add"
                    + " --force.");
        }
    }

    private void requireEnd(Entries entries) {
        if (entries.next() != null) {
            throw new Refusal(source.name() + " has more records than when it was imported: without --resume all of"
                    + " them are added again.");
        }
    }

    private void run(OpenDatabase open, Importer importer, Importer.Watcher watcher) {
        try {
            Interruption.during(() -> importer.run(open, watcher), () -> {
                terminal.err().println("Interrupted. " + soFar(importer.stored()));
                terminal.err().flush();
            });
        } catch (Failure | R2dbcException e) {
            throw new Failure(e.getMessage() + " " + soFar(importer.stored()), e);
        }
    }

    private static String soFar(ImportState state) {
        return state.records() == 0
                ? "Nothing was imported."
                : "The first " + Output.count(state.records(), "record") + " are done; --resume goes on behind them.";
    }

    private int summary(Outcome outcome) {
        ImportState before = outcome.before();
        ImportState after = outcome.after();
        long rows = after.rows();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (output.isJson()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("table", call.table());
            json.put("rows", rows);
            json.put("rejected", after.rejected());
            json.put("ignored", after.ignored());
            json.put(
                    "rejectedFile",
                    after.rejected() == 0 ? null : call.rejected().toString());
            json.put("resumedAfter", before.records());
            json.put("milliseconds", time.toMillis());
            output.json(json);
        } else if (before.finished()) {
            output.say("All is imported already: " + Output.count(rows, "row") + " into " + call.table() + ".");
        } else {
            long now = after.records() - before.records();
            String again = before.records() == 0 ? "" : ", " + Numbers.grouped(now) + " of the records just now";
            output.say(
                    Style.GREEN,
                    Output.count(rows, "row") + " into " + call.table() + " in " + Numbers.time(time) + again + ".");
        }
        if (after.rejected() > 0 && !output.isJson()) {
            output.say(Style.YELLOW, Output.count(after.rejected(), "row") + " rejected: see " + call.rejected() + ".");
        }
        if (after.ignored() > 0 && !output.isJson()) {
            output.say(Style.YELLOW, Output.count(after.ignored(), "row") + " ignored by the table.");
        }
        return after.rejected() + after.ignored() == 0 ? Command.WELL : Command.FINDING;
    }
}
