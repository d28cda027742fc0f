package rillite.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** A connection held by the transaction of one session. */
final class Lease<C extends PhysicalConnection> {
    final Session<C> session;
    final Resource<C> resource;
    final Lane<C> lane;
    final boolean write;
    final String name;
    final long since;
    /** When a command of the transaction started or ended last. */
    volatile long lastActivity;

    private volatile @Nullable Disposable idleTimer;
    private volatile boolean over;

    Lease(Session<C> session, Resource<C> resource, Lane<C> lane, boolean write, String name) {
        this.session = session;
        this.resource = resource;
        this.lane = lane;
        this.write = write;
        this.name = name;
        this.since = session.lanes.ticker.nanos();
        this.lastActivity = since;
    }

    /** Watches for a transaction that sends nothing any more. */
    void watch(Duration bound) {
        if (!bound.isZero()) {
            lookAfter(bound, bound);
        }
    }

    private void lookAfter(Duration delay, Duration bound) {
        idleTimer = session.lanes.timer.schedule(delay, () -> check(bound));
        if (over) {
            stop();
        }
    }

    private void check(Duration bound) {
        if (over) {
            return;
        }
        Ticker ticker = session.lanes.ticker;
        long now = ticker.nanos();
        Duration idle = Duration.ofNanos(now - lastActivity);
        if (idle.compareTo(bound) < 0) {
            lookAfter(bound.minus(idle), bound);
            return;
        }
        Duration age = Duration.ofNanos(now - since);
        if (session.expire(this, new LaneIdleException(session.lanes.name(), name, bound, age))) {
            session.lanes.listener.transactionIdle(name, age);
        } else {
            lookAfter(bound, bound);
        }
    }

    void stop() {
        over = true;
        Disposable timer = idleTimer;
        if (timer != null) {
            timer.dispose();
        }
    }
}
