package rillite.codegen;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Keeps sources up to date while a schema changes. */
public final class SchemaWatcher {

    private static final int WAITING = 16;
    private static final int LONGEST_WAIT = 128;
    private static final int IDLE_SECONDS = 60;

    private final SchemaSource source;
    private final CodegenOptions options;
    private final Path root;
    private final Scheduler worker;
    private @Nullable Object seen;
    private boolean settled;
    private boolean begun;
    private boolean failing;
    private int failures;
    private int waiting;
    private String failure = "";

    private SchemaWatcher(SchemaSource source, CodegenOptions options, Path root, Scheduler worker) {
        this.source = source;
        this.options = options;
        this.root = root;
        this.worker = worker;
    }

    /**
     * Writes the sources when subscribed, and again after each change of the schema, until it is cancelled; it never
     * completes. The first signal tells of the first writing; after that there is one for each time that files changed, and
     * one for each new failure, if the next look fails too: a file that is just being written is not told of. What fails
     * twice is read again as soon as it is written to, and else less and less often.
     *
     * <p>Each subscription has a thread of its own, on which it looks, writes and signals.
     *
     * @param root of sources, under which the package is
     * @param every how often to look, which costs little as long as nothing was written to the source
     */
    public static Flux<WatchSignal> watch(SchemaSource source, CodegenOptions options, Path root, Duration every) {
        return Flux.using(
                () -> Schedulers.newBoundedElastic(1, WAITING, "rillite-watch", IDLE_SECONDS, true),
                worker -> {
                    SchemaWatcher watcher = new SchemaWatcher(source, options, root, worker);
                    return Flux.interval(Duration.ZERO, every, worker)
                            .onBackpressureDrop()
                            .concatMap(tick -> watcher.look(), 1);
                },
                Scheduler::dispose);
    }

    private Mono<WatchSignal> look() {
        Object stamp = source.stamp();
        boolean changed = !stamp.equals(seen);
        if (changed) {
            failures = 0;
            waiting = 0;
        } else if (settled || waiting-- > 0) {
            return Mono.empty();
        }
        seen = stamp;
        // Two writes within one tick of the file system's clock look like one: read once more, one interval later.
        settled = !changed;
        return source.read(options.naming().relationNames())
                .publishOn(worker)
                .flatMap(schema -> Mono.justOrEmpty(written(Codegen.generate(schema, options))))
                .onErrorResume(error -> Mono.justOrEmpty(failed(error)));
    }

    private @Nullable WatchSignal written(GeneratedSources sources) {
        WriteReport report = sources.writeTo(root);
        boolean recovered = !failure.isEmpty();
        failing = false;
        failures = 0;
        failure = "";
        if (report.isUpToDate() && begun && !recovered) {
            return null;
        }
        begun = true;
        return new WatchSignal.Written(sources, report);
    }

    private @Nullable WatchSignal failed(Throwable error) {
        settled = false;
        failures++;
        // Not for ever: another program that holds the file leaves no trace in it when it lets go.
        waiting = failures < 2 ? 0 : Math.min(LONGEST_WAIT, 1 << Math.min(failures, Byte.SIZE));
        String text = error.toString();
        boolean lasting = failing;
        failing = true;
        if (!lasting || text.equals(failure)) {
            return null;
        }
        failure = text;
        return new WatchSignal.Failed(error);
    }
}
