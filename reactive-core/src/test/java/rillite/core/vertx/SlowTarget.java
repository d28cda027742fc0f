package rillite.core.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target that is full after every tenth element until its context comes round again, and fails at a limit. */
final class SlowTarget implements WriteStream<Integer> {
    private final Context context;
    private final int limit;
    private final List<Integer> written = new ArrayList<>();
    private @Nullable Handler<@Nullable Void> drainHandler;
    private boolean full;

    SlowTarget(Context context, int limit) {
        this.context = context;
        this.limit = limit;
    }

    List<Integer> written() {
        return written;
    }

    @Override
    public Future<Void> write(Integer element) {
        written.add(element);
        if (written.size() >= limit) {
            return Future.failedFuture(new IllegalStateException("full at " + limit));
        }
        full = written.size() % 10 == 0;
        if (full) {
            context.runOnContext(on -> drain());
        }
        return Future.succeededFuture();
    }

    private void drain() {
        full = false;
        if (drainHandler != null) {
            drainHandler.handle(null);
        }
    }

    @Override
    public boolean writeQueueFull() {
        return full;
    }

    @Override
    public Future<Void> end() {
        return Future.succeededFuture();
    }

    @Override
    public WriteStream<Integer> setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public WriteStream<Integer> drainHandler(@Nullable Handler<@Nullable Void> handler) {
        drainHandler = handler;
        return this;
    }

    @Override
    public WriteStream<Integer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }
}
