package rillite.querysets.migrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.MigrationReport.Action;
import rillite.querysets.migrate.MigrationStatus.Entry;
import rillite.querysets.migrate.MigrationStatus.State;

/** What the verbs do, given how things stand. */
final class Plans {

    private static final Set<State> IN_THE_WAY_BACK = EnumSet.of(State.MISSING, State.NEWER);

    private Plans() {}

    /** Everything that is not applied, up to a number; null is to the last. */
    static List<Planned> up(MigrationStatus status, @Nullable Long to, boolean outOfOrder) {
        refuse("migrate", status, outOfOrder);
        return status.entries().stream()
                .filter(entry -> entry.applied() == null && (to == null || entry.number() <= to))
                .map(entry -> Planned.of(Action.APPLY, entry))
                .toList();
    }

    private static void refuse(String verb, MigrationStatus status, boolean outOfOrder) {
        List<Entry> conflicts = status.conflicts().stream()
                .filter(entry -> !outOfOrder || entry.state() != State.OUT_OF_ORDER)
                .toList();
        if (!conflicts.isEmpty()) {
            throw MigrationErrors.conflict(verb, status.set(), conflicts);
        }
    }

    /** The last so many that are applied, the last one first. */
    static List<Planned> back(MigrationStatus status, int steps) {
        List<Entry> applied = applied(status);
        return back(status, applied.subList(0, Math.min(steps, applied.size())));
    }

    /** Everything that is applied behind a number, the last one first. */
    static List<Planned> backTo(MigrationStatus status, long number) {
        return back(
                status,
                applied(status).stream()
                        .filter(entry -> entry.number() > number)
                        .toList());
    }

    private static List<Entry> applied(MigrationStatus status) {
        List<Entry> applied = new ArrayList<>(status.entries().stream()
                .filter(entry -> entry.applied() != null)
                .toList());
        Collections.reverse(applied);
        return applied;
    }

    private static List<Planned> back(MigrationStatus status, List<Entry> entries) {
        List<Entry> conflicts = entries.stream().filter(Plans::isInTheWayBack).toList();
        if (!conflicts.isEmpty()) {
            throw MigrationErrors.conflict("roll back", status.set(), conflicts);
        }
        List<Planned> planned = entries.stream()
                .map(entry -> Planned.of(Action.ROLL_BACK, entry))
                .toList();
        for (Planned one : planned) {
            if (!one.file().isReversible()) {
                throw MigrationErrors.invalid(
                        one.file().up().place(),
                        "cannot be rolled back: it has no way down. Write " + one
                                + ".down.sql; an empty one with a comment says that there is nothing to undo.");
            }
        }
        return planned;
    }

    /** A changed text may still be undone by its way down. */
    private static boolean isInTheWayBack(Entry entry) {
        return isAnother(entry) || IN_THE_WAY_BACK.contains(entry.state());
    }

    /** A file of another name and another text is another migration. */
    private static boolean isAnother(Entry entry) {
        return entry.migration() != null
                && entry.applied() != null
                && !entry.name().equals(entry.applied().name())
                && !entry.migration().checksum().equals(entry.applied().checksum());
    }

    /** The last one that is applied, back and up again; what would stop it halfway stops it before. */
    static List<Planned> again(MigrationStatus status, boolean outOfOrder) {
        List<Planned> planned = new ArrayList<>(back(status, 1));
        planned.forEach(last -> refuse("redo", without(last, status), outOfOrder));
        planned.addAll(planned.stream()
                .map(one -> new Planned(Action.APPLY, one.migration(), null))
                .toList());
        return planned;
    }

    private static MigrationStatus without(Planned one, MigrationStatus status) {
        return new MigrationStatus(
                status.set(),
                status.entries().stream()
                        .filter(entry -> entry.number() != one.number())
                        .toList());
    }

    /** Everything up to a number, in a database whose history is empty. */
    static List<Planned> baseline(MigrationStatus status, long to) {
        if (!status.applied().isEmpty()) {
            throw MigrationErrors.invalidCall(
                    "Cannot baseline the set \"" + status.set() + "\": its history begins with "
                            + status.applied().get(0) + " already. A baseline is for databases without a history.");
        }
        return status.entries().stream()
                .filter(entry -> entry.number() <= to)
                .map(entry -> Planned.of(Action.BASELINE, entry))
                .toList();
    }

    /** What makes the history fit the files. */
    static List<Planned> repair(MigrationStatus status) {
        List<Entry> others = status.entries().stream().filter(Plans::isAnother).toList();
        if (!others.isEmpty()) {
            throw MigrationErrors.conflict("repair", status.set(), others);
        }
        return status.entries().stream()
                .filter(entry -> entry.state() == State.CHANGED || IN_THE_WAY_BACK.contains(entry.state()))
                .map(entry -> Planned.of(entry.state() == State.CHANGED ? Action.ACCEPT : Action.FORGET, entry))
                .toList();
    }

    /**
     * Whether a step is still to be done, asked while nobody else writes; false when another process did it.
     *
     * @throws MigrationConflictException another process did something else
     */
    static boolean isDue(Planned planned, MigrationStatus now, boolean outOfOrder) {
        List<Entry> applied = applied(now);
        boolean done = applied.stream().anyMatch(entry -> entry.number() == planned.number());
        if (planned.action() == Action.APPLY) {
            if (!done) {
                refuse("migrate", now, outOfOrder || applied.isEmpty());
            }
            return !done;
        }
        if (done && applied.get(0).number() != planned.number()) {
            throw MigrationErrors.conflict("roll back " + planned + " of", now.set(), List.of(applied.get(0)));
        }
        return done;
    }
}
