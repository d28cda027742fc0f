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
        if (bound.isZero() || over) {
            return;
        }
        idleTimer = session.lanes.options.timer().schedule(bound, () -> check(bound));
        if (over) {
            stop();
        }
    }

    private void check(Duration bound) {
        if (over) {
            return;
        }
        Ticker ticker = session.lanes.ticker;
        long idle = ticker.nanos() - lastActivity;
        if (idle < bound.toNanos() || session.busy()) {
            Duration rest = session.busy() ? bound : bound.minusNanos(idle);
            idleTimer = session.lanes.options.timer().schedule(rest, () -> check(bound));
            return;
        }
        Duration age = Duration.ofNanos(ticker.nanos() - since);
        session.lanes.options.listener().transactionIdle(name, age);
        session.expire(new LaneIdleException(session.lanes.name(), name, bound, age));
    }

    void stop() {
        over = true;
        Disposable timer = idleTimer;
        if (timer != null) {
            timer.dispose();
        }
    }
}
