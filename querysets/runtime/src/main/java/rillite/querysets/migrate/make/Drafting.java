package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.make.DraftWarning.Kind;

/**
 * Makes a draft and tries it out: up and down, in a database in memory that has the present schema and no rows. What SQLite
 * refuses there because of views and triggers is tried again with all of them out of the way.
 */
final class Drafting {

    private final Texts texts;
    private final List<SchemaObject> present;
    private final SchemaScript desired;
    private final Decisions decisions;
    private final boolean withoutViews;

    private Drafting(
            Texts texts, List<SchemaObject> present, SchemaScript desired, Decisions decisions, boolean withoutViews) {
        this.texts = texts;
        this.present = present;
        this.desired = desired;
        this.decisions = decisions;
        this.withoutViews = withoutViews;
    }

    /** Jumps out of an attempt that SQLite refused. */
    private static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Scratch.Refusal refusal;
        private final String way;

        RefusedException(Scratch.Refusal refusal, String way) {
            super(refusal.error());
            this.refusal = refusal;
            this.way = way;
        }
    }

    static Mono<MigrationDraft> of(Texts texts, List<SchemaObject> present, SchemaScript desired, Decisions decisions) {
        return new Drafting(texts, present, desired, decisions, false)
                .attempt()
                .onErrorResume(
                        RefusedException.class,
                        refused -> new Drafting(texts, present, desired, decisions, true).attempt())
                .onErrorMap(RefusedException.class, refused -> MakeErrors.notPossible(refused.way, refused.refusal));
    }

    private Mono<MigrationDraft> attempt() {
        return Scratch.with(
                texts,
                scratch -> Scratch.with(texts, desired::in)
                        .flatMap(target -> build(scratch).flatMap(before -> renamed(scratch, before, target))));
    }

    private Mono<SchemaDump> build(Scratch scratch) {
        List<String> statements = present.stream()
                .sorted(Comparator.comparing(SchemaObject::kind))
                .map(SchemaObject::sql)
                .toList();
        return scratch.run(statements)
                .flatMap(refusal -> Mono.<SchemaDump>error(MakeErrors.notReproducible(refusal)))
                .switchIfEmpty(scratch.dump());
    }

    private Mono<MigrationDraft> renamed(Scratch scratch, SchemaDump before, SchemaDump desiredDump) {
        SchemaDump wanted = desiredDump.taking(before, decisions::isIgnored);
        Renames renames = RenameFinder.find(before, wanted, decisions);
        List<SchemaChange> first = new ArrayList<>();
        if (withoutViews) {
            views(before)
                    .forEach(object ->
                            first.add(new SchemaChange.Drop(object.kind().toString(), object.name())));
        }
        first.addAll(renames.changes());
        Mono<SchemaDump> afterwards =
                first.isEmpty() ? Mono.just(before) : run(scratch, first, "up").then(scratch.dump());
        return afterwards.flatMap(renamed -> {
            SchemaDump target = desiredDump.taking(renamed, decisions::isIgnored);
            return compared(scratch, before, renamed, target, renames, first);
        });
    }

    /** Views and triggers, in an order in which they can be dropped. */
    private List<SchemaObject> views(SchemaDump dump) {
        List<SchemaObject> views = new ArrayList<>(dump.all(SchemaObject.Kind.TRIGGER));
        views.addAll(dump.all(SchemaObject.Kind.VIEW));
        views.removeIf(object -> decisions.isIgnored(object.table()));
        return views;
    }

    private Mono<MigrationDraft> compared(
            Scratch scratch,
            SchemaDump before,
            SchemaDump renamed,
            SchemaDump target,
            Renames renames,
            List<SchemaChange> first) {
        Backfills backfills = Backfills.of(decisions, before, target, renames);
        SchemaDiff up = SchemaDiff.between(renamed, target, terms(false, backfills, renames, before));
        check(up);
        SchemaDiff down = SchemaDiff.between(target, renamed, terms(true, backfills, renames, before));
        backfills.check(up, down);

        List<SchemaChange> ups = new ArrayList<>(first);
        ups.addAll(up.changes());
        List<SchemaChange> downs = new ArrayList<>(down.changes());
        downs.addAll(renames.back());
        if (withoutViews) {
            List<SchemaObject> again = views(before);
            Collections.reverse(again);
            again.forEach(object ->
                    downs.add(new SchemaChange.Create(object.kind().toString(), object.name(), List.of(object.sql()))));
        }
        List<DraftWarning> warnings = new ArrayList<>(up.warnings());
        warnings.addAll(down.warnings());
        if (desired.rows() > 0) {
            warnings.add(DraftWarning.of(
                    Kind.IGNORED,
                    false,
                    desired.name(),
                    desired.name() + " has " + desired.rows()
                            + " statements that write rows. They are no part of a schema and" + " were passed over."));
        }
        return run(scratch, up.changes(), "up")
                .then(reached(scratch, target, "up"))
                .then(run(scratch, downs, "down"))
                .then(reached(scratch, before, "down"))
                .then(Mono.fromSupplier(() -> MigrationDraft.of(ups, downs, warnings)));
    }

    private DiffTerms terms(boolean rollback, Backfills backfills, Renames renames, SchemaDump before) {
        return new DiffTerms(
                rollback, decisions.anyOrder(), rollback ? backfills.back() : backfills.forward(), renames, before);
    }

    private void check(SchemaDiff up) {
        if (!up.unsupported().isEmpty()) {
            throw MakeErrors.virtualTables(up.unsupported());
        }
        if (!up.missing().isEmpty()) {
            throw MakeErrors.valueNeeded(up.missing());
        }
        if (!up.losses().isEmpty() && !decisions.dataLoss()) {
            throw MakeErrors.dataLoss(up.losses());
        }
    }

    private static Mono<Void> run(Scratch scratch, List<SchemaChange> changes, String way) {
        List<String> statements =
                changes.stream().flatMap(change -> change.statements().stream()).toList();
        return scratch.run(statements).flatMap(refusal -> Mono.error(new RefusedException(refusal, way)));
    }

    private Mono<Void> reached(Scratch scratch, SchemaDump wanted, String way) {
        return scratch.dump().flatMap(dump -> {
            List<String> differences = DumpComparison.differences(dump, wanted, decisions.anyOrder());
            return differences.isEmpty() ? Mono.empty() : Mono.error(MakeErrors.notReached(way, differences));
        });
    }
}
