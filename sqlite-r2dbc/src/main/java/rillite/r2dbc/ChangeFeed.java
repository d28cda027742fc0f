package rillite.r2dbc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The committed row changes of one engine, to everybody who listens now. */
final class ChangeFeed extends Flux<SqliteChange> {
    /** Changes a subscriber may be behind, and so the most that one commit can tell. */
    static final int MOST = 8192;

    private final Scheduler emission;
    private final List<ChangeSubscription> subscribers = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    ChangeFeed(@Nullable Scheduler emission) {
        this.emission = emission != null ? emission : Schedulers.parallel();
    }

    boolean isWanted() {
        return !subscribers.isEmpty();
    }

    @Override
    public void subscribe(CoreSubscriber<? super SqliteChange> actual) {
        ChangeSubscription subscription = new ChangeSubscription(this, actual, emission);
        actual.onSubscribe(subscription);
        subscribers.add(subscription);
        if (subscription.isOver()) {
            remove(subscription);
        } else if (closed) {
            subscription.complete();
        }
    }

    void remove(ChangeSubscription subscription) {
        subscribers.remove(subscription);
    }

    /** Tells the changes of one commit; by whoever holds the writer, so one call at a time. */
    void publish(List<SqliteChange> commit) {
        for (ChangeSubscription subscriber : subscribers) {
            subscriber.offer(commit);
        }
    }

    /** Tells that one commit made more changes than anybody can be told of. */
    void tooMany(long changes) {
        for (ChangeSubscription subscriber : subscribers) {
            subscriber.missed(changes);
        }
    }

    /** Nothing will be committed any more. */
    void close() {
        closed = true;
        subscribers.forEach(ChangeSubscription::complete);
    }
}
