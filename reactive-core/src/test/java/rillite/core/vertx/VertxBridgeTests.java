package rillite.core.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VertxBridgeTests {
    private Vertx vertx;
    private Context context;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final List<@Nullable Context> seenOn = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void reset() {
        context = vertx.getOrCreateContext();
        events.clear();
        seenOn.clear();
    }

    @Test
    void future_value_completesOnTheCallersContext() throws Exception {
        Mono<String> mono = Mono.just("value").delayElement(Duration.ofMillis(5), Schedulers.parallel());

        String value = onContext(() -> VertxBridge.future(mono).map(this::seen));

        assertThat(value).isEqualTo("value");
        assertThat(seenOn).containsExactly(context);
    }

    @Test
    void future_empty_completesWithNull() throws Exception {
        String value = onContext(() -> VertxBridge.future(Mono.empty()).map(empty -> "got " + empty));

        assertThat(value).isEqualTo("got null");
    }

    @Test
    void future_error_failsWithTheSameException() throws Exception {
        IllegalStateException error = new IllegalStateException("no");

        Throwable cause =
                onContext(() -> VertxBridge.<Throwable>future(Mono.error(error)).recover(Future::succeededFuture));

        assertThat(cause).isSameAs(error);
    }

    @Test
    void future_offContext_saysWhatToDo() {
        assertThatThrownBy(() -> VertxBridge.future(Mono.just(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pass the context");
        assertThatThrownBy(() -> VertxBridge.stream(Flux.just(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stream_elements_comeInOrderOnTheCallersContext() {
        run(() -> record(VertxBridge.stream(Flux.range(1, 1000).publishOn(Schedulers.parallel()))));

        awaitEvents(1001);
        assertThat(events).startsWith("1", "2", "3").endsWith("1000", "end").doesNotHaveDuplicates();
        assertThat(seenOn).containsOnly(context);
    }

    @Test
    void stream_withoutHandler_isNotSubscribed() {
        AtomicBoolean subscribed = new AtomicBoolean();

        run(() -> VertxBridge.stream(Flux.never().doOnSubscribe(s -> subscribed.set(true)))
                .endHandler(end -> {}));

        assertThat(subscribed).isFalse();
    }

    @Test
    void stream_paused_takesAtMostTheBound() {
        AtomicLong taken = new AtomicLong();
        AtomicInteger handled = new AtomicInteger();
        Flux<Integer> source = Flux.range(1, 100_000).doOnNext(n -> taken.incrementAndGet());

        run(() -> {
            ReadStream<Integer> stream = VertxBridge.stream(source);
            stream.handler(n -> {
                handled.incrementAndGet();
                stream.pause();
            });
        });

        await().atMost(Duration.ofSeconds(30)).until(() -> handled.get() == 1);
        await().during(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(30))
                .until(() -> taken.get() - handled.get() <= ContextStream.BOUND && handled.get() == 1);
        assertThat(taken.get()).isGreaterThan(1);
    }

    @Test
    void stream_fetch_deliversThatMany() {
        ReadStream<Integer> stream = VertxBridge.stream(context, Flux.range(1, 10));

        run(() -> record(stream.pause()));
        run(() -> stream.fetch(3));
        awaitEvents(3);
        run(() -> stream.fetch(2));
        awaitEvents(5);

        assertThat(events).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void stream_endWhilePaused_comesAfterEveryElement() {
        ReadStream<Integer> stream = VertxBridge.stream(context, Flux.range(1, 20));
        run(() -> {
            record(stream);
            stream.pause();
        });
        await().during(Duration.ofMillis(50)).atMost(Duration.ofSeconds(30)).until(() -> !events.contains("end"));

        run(stream::resume);

        awaitEvents(21);
        assertThat(events)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 21)
                        .mapToObj(n -> n == 21 ? "end" : String.valueOf(n))
                        .toList());
    }

    @Test
    void stream_errorWhilePaused_comesAfterEveryElement() {
        ReadStream<Integer> stream =
                VertxBridge.stream(context, Flux.range(1, 3).concatWith(Mono.error(new IllegalStateException("late"))));
        run(() -> record(stream.pause()));

        run(stream::resume);

        awaitEvents(4);
        assertThat(events).containsExactly("1", "2", "3", "error late");
    }

    @Test
    void stream_handlerNull_cancelsAndDeliversNothingMore() {
        AtomicBoolean cancelled = new AtomicBoolean();
        ReadStream<Integer> stream =
                VertxBridge.stream(context, Flux.range(1, 1_000_000).doOnCancel(() -> cancelled.set(true)));
        run(() -> {
            record(stream);
            stream.pause();
            stream.handler(null);
            stream.resume();
        });

        await().atMost(Duration.ofSeconds(30)).untilTrue(cancelled);
        assertThat(events).isEmpty();
    }

    @Test
    void stream_handlerThrows_cancelsAndReportsOnce() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Flux<Integer> source = Flux.range(1, 1000).doOnCancel(() -> cancelled.set(true));

        run(() -> VertxBridge.stream(source)
                .exceptionHandler(error -> events.add("error " + error.getMessage()))
                .endHandler(end -> events.add("end"))
                .handler(n -> {
                    throw new IllegalStateException("at " + n);
                }));

        await().atMost(Duration.ofSeconds(30)).untilTrue(cancelled);
        awaitEvents(1);
        assertThat(events).containsExactly("error at 1");
    }

    @Test
    void stream_errorWithoutHandler_goesToTheContext() throws Exception {
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        run(() -> {
            context.exceptionHandler(reported::complete);
            VertxBridge.stream(Flux.<Integer>error(new IllegalStateException("unseen")))
                    .handler(n -> {});
        });

        assertThat(reported.get(5, TimeUnit.SECONDS)).hasMessageContaining("unseen");
    }

    @Test
    void stream_pipeToFailingTarget_cancels() throws Exception {
        AtomicBoolean cancelled = new AtomicBoolean();
        Flux<Integer> source = Flux.range(1, 1_000_000).doOnCancel(() -> cancelled.set(true));

        Throwable error = onContext(() -> VertxBridge.stream(source)
                .pipeTo(new SlowTarget(context, 50))
                .map(done -> new Throwable("piped"))
                .otherwise(cause -> cause));

        assertThat(error).hasMessage("full at 50");
        assertThat(cancelled).isTrue();
    }

    @Test
    void stream_pipeToSlowTarget_arrivesComplete() throws Exception {
        SlowTarget target = new SlowTarget(context, Integer.MAX_VALUE);

        onContext(() -> VertxBridge.stream(Flux.range(1, 5_000)).pipeTo(target).map(done -> "piped"));

        assertThat(target.written())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 5_000).boxed().toList());
    }

    private ReadStream<Integer> record(ReadStream<Integer> stream) {
        return stream.exceptionHandler(error -> events.add("error " + error.getMessage()))
                .endHandler(end -> events.add("end"))
                .handler(n -> events.add(seen(String.valueOf(n))));
    }

    private <T> T seen(T value) {
        seenOn.add(Vertx.currentContext());
        return value;
    }

    private void awaitEvents(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> events.size() >= count);
    }

    private void run(Runnable action) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        context.runOnContext(on -> {
            action.run();
            done.complete(null);
        });
        await().atMost(Duration.ofSeconds(30)).until(done::isDone);
    }

    private <T> T onContext(Supplier<Future<T>> action) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(on -> action.get().onComplete(result::complete, result::completeExceptionally));
        return result.get(10, TimeUnit.SECONDS);
    }
}
