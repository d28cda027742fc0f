package rillite.cli.data;

import io.r2dbc.spi.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Mono;
import rillite.cli.Failure;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.data.BatchWriter.Left;
import rillite.cli.data.BatchWriter.Line;
import rillite.cli.data.Rejects.Reject;

/** Moves records into a table, batch by batch. What one batch read and rejected is committed with its rows. */
final class Importer {

    private static final long MOST_CHARACTERS = 4L << 20;

    private final Entries entries;
    private final ImportTarget target;
    private final ImportState.Key key;
    private final Rejects rejects;
    private final Options options;
    private volatile ImportState stored;
    private ImportState read;

    private final List<Line> lines = new ArrayList<>();
    private final List<Reject> refused = new ArrayList<>();
    private long characters;

    /**
     * How it is done.
     *
     * @param batch records of one transaction at the most
     * @param mostRejected records that may be left out
     * @param keep whether the state stays when it is finished
     */
    record Options(int batch, long mostRejected, boolean keep) {}

    /** Told after every batch, on the calling thread. */
    interface Watcher {
        void committed(ImportState state);
    }

    Importer(
            Entries entries,
            ImportTarget target,
            ImportState.Key key,
            ImportState stored,
            Rejects rejects,
            Options options) {
        this.entries = entries;
        this.target = target;
        this.key = key;
        this.stored = stored;
        this.rejects = rejects;
        this.options = options;
        read = ImportState.NOTHING;
    }

    /** How far it is, committed. */
    ImportState stored() {
        return stored;
    }

    /**
     * Goes over the records that an earlier run has taken.
     *
     * @return whether they are what they were
     */
    boolean skip() {
        while (read.records() < stored.records()) {
            Entry entry = entries.next();
            if (entry == null) {
                return false;
            }
            read = read.after(entry);
        }
        return read.hasRead(stored);
    }

    /** Imports the records up to the end. */
    void run(OpenDatabase open, Watcher watcher) {
        read = read.with(stored.rejected(), stored.rejectedBytes(), stored.ignored());
        try (BatchWriter writer = new BatchWriter(open, target)) {
            if (options.keep() && stored.equals(ImportState.NOTHING)) {
                // from here on the file of rejected rows is known to be of this import
                writer.write(
                        List.of(),
                        (connection, none) ->
                                stored.save(connection, key, stored).block());
            }
            for (Entry entry = entries.next(); entry != null; ) {
                add(entry);
                entry = entries.next();
                if (entry != null && (batched() >= options.batch() || characters >= MOST_CHARACTERS)) {
                    write(writer, false);
                    watcher.committed(stored);
                }
            }
            write(writer, true);
            watcher.committed(stored);
        }
    }

    private int batched() {
        return lines.size() + refused.size();
    }

    private void add(Entry entry) {
        read = read.after(entry);
        characters += entry.size();
        try {
            lines.add(new Line(entry, target.values(entry)));
        } catch (BadValueException e) {
            refused.add(new Reject(entry, e.reason()));
        }
    }

    private void write(BatchWriter writer, boolean last) {
        writer.write(lines, (connection, left) -> end(connection, left, last));
        stored = read;
        lines.clear();
        refused.clear();
        characters = 0;
    }

    private void end(Connection connection, Left left, boolean last) {
        refused.addAll(left.rejects());
        refused.sort(Comparator.comparingLong(reject -> reject.entry().line()));
        if (read.rejected() + refused.size() > options.mostRejected()) {
            throw tooMany();
        }
        long committed = stored.rejectedBytes();
        byte[] text = rejects.text(refused, committed == 0);
        ImportState now = read.with(refused.size(), committed + text.length, left.ignored());
        read = last ? now.asFinished() : now;
        if (!last || options.keep() || !stored.equals(ImportState.NOTHING)) {
            state(connection, read).block();
        }
        // only now is it sure that no other process is at the same import
        rejects.write(text, committed);
    }

    private Mono<Void> state(Connection connection, ImportState now) {
        return now.finished() && !options.keep()
                ? ImportState.remove(connection, key)
                : now.save(connection, key, stored);
    }

    private Failure tooMany() {
        Reject first = refused.get(0);
        return new Failure("More than " + Numbers.grouped(options.mostRejected())
                + " rows cannot be stored, so it was stopped; --max-rejected takes another number. One of them, at line "
                + first.entry().line() + ": " + first.reason() + (first.reason().endsWith(".") ? "" : "."));
    }
}
