package rillite.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;
import rillite.core.Resource.Interrupts;
import rillite.core.WriteWork.Atomicity;

/**
 * One commit for all writes that wait now. Nothing is signalled before COMMIT has answered; a group that fails before that
 * is rolled back and its members run one by one, so that only the guilty one gets an error.
 */
final class CommitGroup<C extends PhysicalConnection> {
    private final Lanes<C> lanes;
    private final WriteLane<C> lane;

    CommitGroup(Lanes<C> lanes, WriteLane<C> lane) {
        this.lanes = lanes;
        this.lane = lane;
    }

    void run(Resource<C> writer) {
        C connection = writer.connection;
        long started = lanes.ticker.nanos();
        try {
            connection.beginWrite();
        } catch (Throwable t) {
            refused(connection, t);
            return;
        }
        List<WriteItem<C, ?>> members = new ArrayList<>();
        boolean intact = fill(writer, members, started);
        if (!intact) {
            lanes.rollback(connection);
            replay(members);
            return;
        }
        if (members.isEmpty()) {
            lanes.rollback(connection);
            return;
        }
        commit(connection, members, started);
    }

    private void refused(C connection, Throwable error) {
        if (connection.classify(error, Phase.BEGIN) == Failure.BUSY) {
            lane.backOff();
            return;
        }
        WriteItem<C, ?> first = lane.nextForGroup();
        if (first != null) {
            lanes.rollback(connection);
            first.failWith(error);
            lane.giveSlotBack(first);
            first.publish();
        }
    }

    /** Runs members until a bound is met; false when the transaction under them has gone. */
    private boolean fill(Resource<C> writer, List<WriteItem<C, ?>> members, long started) {
        LaneOptions options = lanes.options;
        long bytes = 0;
        long most = options.groupTime().toNanos();
        while (members.size() < options.groupLimit() && bytes < options.groupBytes()) {
            WriteItem<C, ?> item = lane.nextForGroup();
            if (item == null) {
                return true;
            }
            members.add(item);
            bytes += item.bytes;
            item.resource = writer;
            writer.enter(item, Interrupts.DEADLINE);
            Failure failure;
            try {
                failure = item.execute(writer.connection, item.work.atomicity() == Atomicity.SAVEPOINT);
            } finally {
                writer.exit();
            }
            if (failure != null && failure != Failure.STATEMENT) {
                return false;
            }
            if (lanes.ticker.nanos() - started >= most) {
                return true;
            }
        }
        return true;
    }

    private void commit(C connection, List<WriteItem<C, ?>> members, long started) {
        while (true) {
            try {
                connection.commit();
                committed(members, started);
                return;
            } catch (Throwable t) {
                Failure failure = connection.classify(t, Phase.COMMIT);
                if (failure == Failure.BUSY && connection.inTransaction()) {
                    if (waitForOther(members)) {
                        continue;
                    }
                    lanes.rollback(connection);
                    for (WriteItem<C, ?> member : members) {
                        member.failWith(member.lockWaitError(t));
                    }
                    publish(members);
                    return;
                }
                lanes.rollback(connection);
                switch (failure) {
                    case UNKNOWN -> failAll(members, t, true);
                    case NOT_APPLIED -> failAll(members, t, false);
                    default -> replay(members);
                }
                return;
            }
        }
    }

    /** Waits a little for another process; false when the first deadline of the group has passed. */
    private boolean waitForOther(List<WriteItem<C, ?>> members) {
        long now = lanes.ticker.nanos();
        for (WriteItem<C, ?> member : members) {
            if (member.expired(now)) {
                return false;
            }
        }
        lanes.options.listener().lockedByOther();
        lanes.parkWriter(WriteItem.jitterNanos());
        return true;
    }

    private void committed(List<WriteItem<C, ?>> members, long started) {
        int size = members.size();
        if (size > 1) {
            lanes.counters.groups.increment();
            lanes.counters.groupedWrites.add(size);
        }
        lanes.options.listener().groupCommitted(size, Duration.ofNanos(lanes.ticker.nanos() - started));
        publish(members);
        lane.afterWrites();
    }

    private void replay(List<WriteItem<C, ?>> members) {
        lanes.counters.replays.increment();
        lanes.options.listener().groupReplayed(members.size());
        List<WriteItem<C, ?>> again = new ArrayList<>(members.size());
        for (WriteItem<C, ?> member : members) {
            if (member.hasTimedOut()) {
                finish(member);
                lanes.emitter.emit(member::signal);
            } else {
                again.add(member);
            }
        }
        lane.replay(again);
    }

    private void failAll(List<WriteItem<C, ?>> members, Throwable error, boolean unknown) {
        Throwable told = unknown
                ? lanes.outcomeUnknown("a commit of " + members.size() + " writes", members.size(), error)
                : error;
        for (WriteItem<C, ?> member : members) {
            member.failWith(told);
        }
        publish(members);
    }

    private void publish(List<WriteItem<C, ?>> members) {
        for (WriteItem<C, ?> member : members) {
            finish(member);
        }
        lanes.emitter.emit(() -> {
            for (WriteItem<C, ?> member : members) {
                member.signal();
            }
        });
    }

    private void finish(WriteItem<C, ?> member) {
        lane.giveSlotBack(member);
        member.settle();
    }
}
