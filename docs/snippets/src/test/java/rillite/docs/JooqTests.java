package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.r2dbc.SqliteConnectionFactory;

/** getting-started/jooq.md */
final class JooqTests {
    private SqliteConnectionFactory connections;

    @BeforeEach
    void open(@TempDir Path folder) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        connections = Scratch.items(folder, 3);
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    @Test
    void select_insertReturning_andTransaction() {
        // tag::context[]
        DSLContext jooq = DSL.using(connections, SQLDialect.SQLITE);
        // end::context[]

        // tag::names[]
        Table<Record> item = DSL.table(DSL.name("item"));
        Field<Integer> id = DSL.field(DSL.name("id"), SQLDataType.INTEGER);
        Field<String> name = DSL.field(DSL.name("name"), SQLDataType.VARCHAR);
        // end::names[]

        // tag::select[]
        Flux<String> names = Flux.from(
                        jooq.select(name).from(item).where(id.gt(1)).orderBy(id))
                .map(row -> row.get(name));
        // end::select[]
        StepVerifier.create(names).expectNext("item 2", "item 3").verifyComplete();

        // tag::insert[]
        Mono<Integer> key = Mono.from(
                        jooq.insertInto(item).columns(name).values("four").returning(id))
                .map(row -> row.get(id));
        // end::insert[]
        StepVerifier.create(key).expectNext(4).verifyComplete();

        // tag::transaction[]
        Flux<Integer> both = Flux.from(jooq.transactionPublisher(inner -> Flux.from(
                        inner.dsl().insertInto(item).columns(id, name).values(5, "five"))
                .thenMany(inner.dsl().insertInto(item).columns(id, name).values(5, "again"))));
        // end::transaction[]
        StepVerifier.create(both).expectError().verify(Duration.ofSeconds(10));
        assertThat(Scratch.value(connections, Long.class, "SELECT count(*) FROM item"))
                .isEqualTo(4);
    }
}
