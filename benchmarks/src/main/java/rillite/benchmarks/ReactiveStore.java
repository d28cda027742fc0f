package rillite.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store with many concurrent subscribers; every subscriber is one sequential chain of statements. */
interface ReactiveStore extends Store {

    /** Ready clients, one per subscriber; they live as long as the store. */
    List<Client> clients(int count);

    /** Takes every reading connection until the returned handle is closed, so that all readers have to wait. */
    Runnable occupyReaders();

    @Override
    default Tally pointReads(Load load) {
        return chains(load, (client, subscriber, step) -> {
            long id = Item.keyFor(subscriber, step, load.rows());
            return Flux.from(client.read(id)).doOnNext(amount -> Checks.equal("amount", Item.amountOf(id), amount));
        });
    }

    @Override
    default Tally inserts(Load load) {
        return chains(
                load,
                (client, subscriber, step) -> Flux.from(client.insert(subscriber))
                        .map(count -> {
                            Checks.equal("update count", 1L, count);
                            return (long) subscriber;
                        }));
    }

    @Override
    default void latencies(Load load, Histogram histogram) {
        chains(load, (client, subscriber, step) -> {
            long id = Item.keyFor(subscriber, step, load.rows());
            long asked = System.nanoTime();
            return Flux.from(client.read(id)).doOnNext(amount -> {
                histogram.recordValue(System.nanoTime() - asked);
                Checks.equal("amount", Item.amountOf(id), amount);
            });
        });
    }

    private Tally chains(Load load, Step step) {
        List<Client> clients = clients(load.subscribers());
        LongAdder operations = new LongAdder();
        LongAdder sum = new LongAdder();
        long start = System.nanoTime();
        long end = start + load.nanos();
        Flux.range(0, load.subscribers())
                .flatMap(
                        subscriber -> chain(clients.get(subscriber), subscriber, load.pause(), end, step)
                                .doOnNext(value -> {
                                    operations.increment();
                                    sum.add(value);
                                })
                                .then(),
                        load.subscribers())
                .then(Mono.just(true))
                .block();
        return new Tally(operations.sum(), sum.sum(), System.nanoTime() - start);
    }

    private static Flux<Long> chain(Client client, int subscriber, Duration pause, long end, Step step) {
        long[] steps = new long[1];
        Flux<Long> next = Flux.defer(() -> step.next(client, subscriber, steps[0]++));
        return (pause.isZero() ? next : next.delaySubscription(pause)).repeat(() -> System.nanoTime() < end);
    }

    /** One statement of a chain. */
    interface Step {
        Publisher<Long> next(Client client, int subscriber, long step);
    }
}
