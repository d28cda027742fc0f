package rillite.benchmarks;

import static java.util.Objects.requireNonNull;
import static rillite.benchmarks.ItemTable.ITEM;

import java.util.Collections;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.Row;

/** QuerySets as people write them. Connections are theirs: each statement takes one. */
final class QuerySetStore implements ReactiveStore, Client {

    private final RilliteStore driver;
    private final Database database;
    private final boolean dynamic;

    QuerySetStore(String url, Settings settings, boolean dynamic, DatabaseOptions options) {
        driver = new RilliteStore(url, settings, true);
        this.dynamic = dynamic;
        database = requireNonNull(Database.over(driver.factory(), options).block());
    }

    @Override
    public List<Client> clients(int count) {
        return Collections.nCopies(count, this);
    }

    @Override
    public Runnable occupyReaders() {
        return driver.occupyReaders();
    }

    @Override
    public Publisher<Long> read(long id) {
        return dynamic
                ? database.objects("item").byId(id).values("amount").flat(Long.class)
                : database.objects(ITEM).byId(id).select(ITEM.amount);
    }

    @Override
    public Publisher<Long> insert(long who) {
        return database.objects("entry").create("who", who, "note", NOTE).thenReturn(1L);
    }

    @Override
    public Sums scan() {
        Sums sums = new Sums();
        Flux<Item> items = dynamic
                ? database.objects("item").flux().map(QuerySetStore::item)
                : database.objects(ITEM).flux();
        items.doOnNext(sums::add).then(Mono.just(true)).block();
        return sums;
    }

    private static Item item(Row row) {
        return new Item(
                requireNonNull(row.get("id", Long.class)),
                requireNonNull(row.get("name", String.class)),
                requireNonNull(row.get("email", String.class)),
                requireNonNull(row.get("amount", Long.class)),
                requireNonNull(row.get("score", Double.class)));
    }

    @Override
    public FamilyReader families() {
        return dynamic ? new RowFamilies(database) : new RecordFamilies(database);
    }

    @Override
    public void close() {
        driver.close();
    }
}
