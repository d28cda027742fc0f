package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeDatabase.Mutant;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;

/**
 * Appends and reads of many clients, kept with the order in which they began and ended, and checked afterwards: writes are
 * strictly serial, snapshots never go back, and whoever was told of a write finds it. {@code -Drillite.history=1000000} runs
 * more, {@code -Drillite.seed=1} repeats a seed.
 */
@Timeout(120)
final class HistoryTests {
    private static final int OPERATIONS = Integer.getInteger("rillite.history", 20_000);
    private static final int CLIENTS = 12;

    private final Queue<Event> history = new ConcurrentLinkedQueue<>();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong ids = new AtomicLong();

    /** What a client did: it wrote values, or read the whole table; acknowledged or not. */
    private record Event(int client, long began, long ended, boolean read, boolean told, List<String> values) {}

    @Test
    void history_ofManyClients_isSerial() {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        List<String> table = run(new FakeDatabase().withSharedSnapshots(), seed, OPERATIONS);
        assertThat(problems(table)).as("seed %s", seed).isEmpty();
        assertThat(history).hasSizeGreaterThanOrEqualTo(OPERATIONS / 2);
    }

    @Test
    void history_onOneConnection_isSerial() {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        List<String> table = run(new FakeDatabase().withoutReaders(), seed, OPERATIONS / 4);
        assertThat(problems(table)).as("seed %s", seed).isEmpty();
    }

    /** The checker is worth something only when it finds what is planted. */
    @ParameterizedTest
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void history_withAPlantedFault_isFoundOut(Mutant mutant) {
        List<String> table = run(new FakeDatabase().with(mutant), 1, 2_000);
        assertThat(problems(table)).isNotEmpty();
    }

    private List<String> run(FakeDatabase database, long seed, int operations) {
        try (FakeLanes house = FakeLanes.open(database, options -> options.readerThreads(3))) {
            Flux.range(0, CLIENTS)
                    .flatMap(client -> client(house, client, new Random(seed + client), operations / CLIENTS), CLIENTS)
                    .blockLast(Duration.ofSeconds(100));
            return database.committed();
        }
    }

    private Mono<Void> client(FakeLanes house, int client, Random random, int operations) {
        Session<FakeConnection> session = house.session();
        return Flux.range(0, operations)
                .concatMap(i -> operation(session, client, random))
                .then(session.close());
    }

    private Mono<Void> operation(Session<FakeConnection> session, int client, Random random) {
        int kind = random.nextInt(10);
        // the table grows, and reading all of it all the time would be the whole test
        if (kind == 0) {
            return read(session, client);
        }
        String first = "c" + client + "-" + ids.incrementAndGet();
        String second = first + "b";
        if (kind < 6) {
            return written(client, List.of(first), session.write(FakeWrite.insert(first)));
        }
        if (kind == 6) {
            return written(
                    client,
                    List.of(first),
                    session.write(
                            FakeWrite.insert(first).failing(random.nextBoolean() ? Code.CONSTRAINT : Code.KILLED)));
        }
        if (kind == 7) {
            return written(client, List.of(first, second), session.write(FakeWrite.insert(first, second)));
        }
        Mono<Void> end = kind == 8 ? session.commit() : session.rollback().then(Mono.error(new Undone()));
        return written(
                client,
                List.of(first, second),
                FakeLanes.begin(session)
                        .then(session.write(FakeWrite.insert(first)))
                        .then(session.write(FakeWrite.insert(second)))
                        .then(end));
    }

    private Mono<Void> written(int client, List<String> values, Mono<?> work) {
        return Mono.defer(() -> {
            long began = clock.incrementAndGet();
            return work.then(Mono.just(true))
                    .onErrorReturn(false)
                    .doOnNext(
                            told -> history.add(new Event(client, began, clock.incrementAndGet(), false, told, values)))
                    .then();
        });
    }

    private Mono<Void> read(Session<FakeConnection> session, int client) {
        return Mono.defer(() -> {
            long began = clock.incrementAndGet();
            return FakeLanes.read(session, FakeQuery.table())
                    .collectList()
                    .doOnNext(rows -> history.add(new Event(client, began, clock.incrementAndGet(), true, true, rows)))
                    .then();
        });
    }

    private List<String> problems(List<String> table) {
        List<String> problems = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            places.put(table.get(i), i);
        }
        List<Event> events = new ArrayList<>(history);
        events.sort((a, b) -> Long.compare(a.ended(), b.ended()));
        long[] seen = new long[CLIENTS];
        for (Event event : events) {
            if (event.read()) {
                checkRead(event, table, seen, problems);
            } else {
                checkWrite(event, places, problems);
            }
        }
        checkFreshness(events, places, problems);
        return problems;
    }

    private static void checkWrite(Event event, Map<String, Integer> places, List<String> problems) {
        List<Integer> there = event.values().stream().map(places::get).toList();
        if (event.told() && there.contains(null)) {
            problems.add("acknowledged and not there: " + event.values());
        }
        if (!event.told() && there.stream().anyMatch(place -> place != null)) {
            problems.add("failed and there: " + event.values());
        }
        if (event.told() && !there.contains(null) && there.size() == 2 && there.get(1) != there.get(0) + 1) {
            problems.add("not atomic: " + event.values());
        }
    }

    private static void checkRead(Event event, List<String> table, long[] seen, List<String> problems) {
        int size = event.values().size();
        if (size > table.size() || !table.subList(0, size).equals(event.values())) {
            problems.add("a read that is no prefix of the table");
        }
        if (size < seen[event.client()]) {
            problems.add("the snapshot of client " + event.client() + " went back");
        }
        seen[event.client()] = Math.max(seen[event.client()], size);
    }

    /** What was acknowledged before a read began must be in it; what ended before another write began stands before it. */
    private static void checkFreshness(List<Event> byEnd, Map<String, Integer> places, List<String> problems) {
        List<Event> byBegin = new ArrayList<>(byEnd);
        byBegin.sort((a, b) -> Long.compare(a.began(), b.began()));
        int next = 0;
        int last = -1;
        for (Event event : byBegin) {
            while (next < byEnd.size() && byEnd.get(next).ended() < event.began()) {
                Event over = byEnd.get(next++);
                if (!over.read() && over.told()) {
                    for (String value : over.values()) {
                        last = Math.max(last, places.getOrDefault(value, -1));
                    }
                }
            }
            if (event.read() && event.values().size() <= last) {
                problems.add("an acknowledged write was not read");
            }
            if (!event.read()
                    && event.told()
                    && places.getOrDefault(event.values().get(0), last + 1) <= last) {
                problems.add("a write stands before one that had ended when it began");
            }
        }
    }

    /** Ends a transaction that was rolled back on purpose. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;

        Undone() {
            super("rolled back", null, false, false);
        }
    }
}
