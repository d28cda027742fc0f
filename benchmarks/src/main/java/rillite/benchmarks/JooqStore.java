package rillite.benchmarks;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jooq.BatchBindStep;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record5;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** jOOQ over JDBC, the same operations built with its DSL. */
final class JooqStore implements ReactiveStore, Client {

    private static final Table<?> ITEM = table(name("item"));
    private static final Table<?> ENTRY = table(name("entry"));
    private static final Field<Long> ID = field(name("id"), Long.class);
    private static final Field<String> NAME = field(name("name"), String.class);
    private static final Field<String> EMAIL = field(name("email"), String.class);
    private static final Field<Long> AMOUNT = field(name("amount"), Long.class);
    private static final Field<Double> SCORE = field(name("score"), Double.class);
    private static final Field<Long> WHO = field(name("who"), Long.class);
    private static final Field<String> TEXT = field(name("note"), String.class);

    private final HikariDataSource pool;
    private final int poolSize;
    private final DSLContext dsl;

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    JooqStore(Path file, Settings settings) {
        pool = Pool.open(file, settings);
        poolSize = settings.poolSize();
        dsl = DSL.using(pool, SQLDialect.SQLITE);
    }

    @Override
    public List<Client> clients(int count) {
        return Collections.nCopies(count, this);
    }

    @Override
    public Runnable occupyReaders() {
        return Pool.take(pool, poolSize);
    }

    @Override
    public Publisher<Long> read(long id) {
        return Mono.fromCallable(() -> Objects.requireNonNull(
                        dsl.select(AMOUNT).from(ITEM).where(ID.eq(id)).fetchOne(AMOUNT)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<Long> insert(long who) {
        return Mono.fromCallable(() -> (long)
                        dsl.insertInto(ENTRY, WHO, TEXT).values(who, NOTE).execute())
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Sums scan() {
        Sums sums = new Sums();
        try (Cursor<Record5<Long, String, String, Long, Double>> cursor =
                dsl.select(ID, NAME, EMAIL, AMOUNT, SCORE).from(ITEM).fetchLazy()) {
            cursor.forEach(
                    row -> sums.add(new Item(row.value1(), row.value2(), row.value3(), row.value4(), row.value5())));
        }
        return sums;
    }

    @Override
    public long load(Flux<Object[]> rows) {
        return dsl.transactionResult(configuration -> Objects.requireNonNull(rows.buffer(JdbcStore.BATCH)
                .map(batch -> insert(configuration.dsl(), batch))
                .reduce(0L, Long::sum)
                .block()));
    }

    @Override
    public FamilyReader families() {
        return new JooqFamilies(dsl);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static long insert(DSLContext transaction, List<Object[]> batch) {
        BatchBindStep step = transaction.batch(transaction
                .insertInto(ITEM, ID, NAME, EMAIL, AMOUNT, SCORE)
                .values((Long) null, null, null, null, null));
        for (Object[] row : batch) {
            step = step.bind(row);
        }
        long counted = 0;
        for (int count : step.execute()) {
            counted += count;
        }
        return counted;
    }
}
