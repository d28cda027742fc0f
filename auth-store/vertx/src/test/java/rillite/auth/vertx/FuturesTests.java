package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.await;
import static rillite.auth.vertx.Fixture.failure;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

final class FuturesTests extends VertxTests {

    private static final Duration SOON = Duration.ofMillis(5);

    @Test
    void value_arrivesOnTheEventLoopOfTheCaller_whereverItComesFrom() {
        assertThat(fixture.onLoop(() -> Futures.of(fixture.vertx, Mono.just(1))))
                .isEqualTo(1);
        assertThat(fixture.onLoop(
                        () -> Futures.of(fixture.vertx, Mono.just(1).delayElement(SOON, Schedulers.parallel()))))
                .isEqualTo(1);
        String thread = fixture.onLoop(() -> Futures.of(fixture.vertx, Mono.delay(SOON))
                .map(tick -> Thread.currentThread().getName()));
        assertThat(thread).startsWith("vert.x-eventloop-thread");
    }

    @Test
    void value_arrivesOnTheWorkerThatAsked() {
        Promise<String> thread = Promise.promise();
        await(fixture.vertx.deployVerticle(
                new AbstractVerticle() {
                    @Override
                    public void start() {
                        Context mine = Vertx.currentContext();
                        Futures.of(vertx, Mono.delay(SOON))
                                .onComplete(tick -> thread.complete(
                                        Vertx.currentContext() == mine
                                                ? Thread.currentThread().getName()
                                                : "elsewhere"));
                    }
                },
                new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        assertThat(await(thread.future())).startsWith("vert.x-worker-thread");
    }

    @Test
    void value_arrivesOnTheDuplicatedContextOfARequest() {
        ContextInternal request = ((ContextInternal) fixture.vertx.getOrCreateContext()).duplicate();
        Promise<Boolean> same = Promise.promise();
        request.runOnContext(on -> Futures.of(fixture.vertx, Mono.delay(SOON))
                .compose(tick -> Futures.of(fixture.vertx, Mono.delay(SOON)))
                .onComplete(tick -> same.complete(Vertx.currentContext() == request)));
        assertThat(await(same.future())).isTrue();
    }

    @Test
    void emptyIsNull_andAnErrorIsTheSame() {
        IllegalStateException error = new IllegalStateException("planned");
        assertThat(await(Futures.of(fixture.vertx, Mono.<String>empty()))).isNull();
        assertThat(failure(Futures.of(fixture.vertx, Mono.error(error)))).isSameAs(error);
        assertThat(failure(Futures.of(fixture.vertx, Mono.delay(SOON).then(Mono.error(error)))))
                .isSameAs(error);
    }
}
