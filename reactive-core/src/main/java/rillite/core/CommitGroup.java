package rillite.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
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
        long started = lanes.ticker.nanos();
        try {
            writer.connection.beginWrite();
        } catch (Throwable t) {
            refused(writer, t);
            return;
        }
        List<WriteItem<C, ?>> members = new ArrayList<>();
        boolean intact = fill(writer, members, started);
        if (members.isEmpty()) {
            lanes.rollback(writer);
        } else if (intact) {
            commit(writer, members, started);
        } else {
            lanes.rollback(writer);
            replay(members);
        }
    }

    private void refused(Resource<C> writer, Throwable error) {
        if (lanes.classify(writer.connection, error, Phase.BEGIN) == Failure.BUSY) {
            lane.backOff();
            return;
        }
        lanes.rollback(writer);
        WriteItem<C, ?> first = lane.nextForGroup();
        if (first != null) {
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
            boolean guarded = item.work.atomicity() == Atomicity.SAVEPOINT;
            Failure failure = item.execute(writer, Interrupts.DEADLINE, guarded);
            if (failure != null && failure != Failure.STATEMENT) {
                return false;
            }
            if (lanes.ticker.nanos() - started >= most) {
                return true;
            }
        }
        return true;
    }

    private void commit(Resource<C> writer, List<WriteItem<C, ?>> members, long started) {
        C connection = writer.connection;
        while (true) {
            CommitSent<C> sent = lanes.sent(members);
            try {
                connection.commit();
                break;
            } catch (Throwable t) {
                Failure failure = lanes.classify(connection, t, Phase.COMMIT);
                boolean held = failure == Failure.BUSY && connection.inTransaction();
                if (!held || !waitForOther(members)) {
                    notCommitted(writer, members, failure, t);
                    return;
                }
            } finally {
                lanes.answered(sent);
            }
        }
        committed(members, started);
    }

    private void notCommitted(Resource<C> writer, List<WriteItem<C, ?>> members, Failure failure, Throwable cause) {
        lanes.rollback(writer);
        switch (failure) {
            case UNKNOWN -> {
                int size = members.size();
                Throwable told = lanes.outcomeUnknown(writer, "a commit of " + size + " writes", size, cause);
                members.forEach(member -> member.failWith(told));
                publish(members);
            }
            case NOT_APPLIED -> {
                members.forEach(member -> member.failWith(cause));
                publish(members);
            }
            case BUSY -> {
                members.forEach(member ->
                        member.failWith(lanes.isClosing() ? lanes.closedError() : member.lockWaitError(cause)));
                publish(members);
            }
            default -> replay(members);
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
        if (lanes.isClosing()) {
            return false;
        }
        lanes.listener.lockedByOther();
        LaneThread.parkNanos(this, WriteItem.jitterNanos());
        return true;
    }

    private void committed(List<WriteItem<C, ?>> members, long started) {
        int size = members.size();
        if (size > 1) {
            lanes.counters.groups.increment();
            lanes.counters.groupedWrites.add(size);
        }
        lanes.listener.writeWaited(Duration.ofNanos(started - members.get(0).enqueued));
        lanes.listener.groupCommitted(size, Duration.ofNanos(lanes.ticker.nanos() - started));
        publish(members);
        lane.afterWrites();
    }

    private void replay(List<WriteItem<C, ?>> members) {
        lanes.counters.replays.increment();
        lanes.listener.groupReplayed(members.size());
        List<WriteItem<C, ?>> again = new ArrayList<>(members.size());
        for (WriteItem<C, ?> member : members) {
            if (member.isOverdue()) {
                finish(member);
                lanes.emitter.emit(member::signal);
            } else {
                again.add(member);
            }
        }
        lane.replay(again);
    }

    private void publish(List<WriteItem<C, ?>> members) {
        for (WriteItem<C, ?> member : members) {
            finish(member);
        }
        lanes.emitter.emit(() -> signal(members));
    }

    /** A subscriber that throws must not keep the others from hearing. */
    private static <C extends PhysicalConnection> void signal(List<WriteItem<C, ?>> members) {
        for (WriteItem<C, ?> member : members) {
            try {
                member.signal();
            } catch (Throwable t) {
                Operators.onErrorDropped(t, Context.empty());
            }
        }
    }

    private void finish(WriteItem<C, ?> member) {
        lane.giveSlotBack(member);
        member.settle();
    }
}
