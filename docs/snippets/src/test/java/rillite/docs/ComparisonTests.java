package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static rillite.docs.Shop.list;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Records;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.annotation.Id;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.r2dbc.repository.support.R2dbcRepositoryFactory;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.Repository;
import reactor.core.publisher.Flux;
import rillite.querysets.Database;
import rillite.r2dbc.SqliteConnectionFactory;

/** philosophy/comparisons/spring-data.md and jooq.md: one task, three ways. */
final class ComparisonTests {
    private static final String CITY = "Islandville";

    private ConnectionFactory factory;
    private List<BookLine> expected;

    // tag::spring[]
    record BookLine(long id, String title, String publisherName) {}

    @Table("book")
    record Book(@Id long id, String title) {}

    interface Books extends Repository<Book, Long> {
        @Query("""
                SELECT book.id, book.title, publisher.name AS publisher_name
                FROM book JOIN publisher ON publisher.id = book.publisher_id
                WHERE publisher.city = :city ORDER BY book.published DESC LIMIT 10""")
        Flux<BookLine> newest(String city);
    }
    // end::spring[]

    @BeforeEach
    void open(@TempDir Path folder) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        factory = ConnectionFactories.get("r2dbc:sqlite:file:///" + Shop.in(folder));
        Database db = Scratch.await(Database.over(factory));
        expected = list(newest(db, CITY));
    }

    @AfterEach
    void close() {
        Scratch.close((SqliteConnectionFactory) factory);
    }

    private static Flux<BookLine> newest(Database db, String city) {
        // tag::rillite[]
        Flux<BookLine> newest = db.objects("book")
                .filter("publisher__city", city)
                .orderBy("-published")
                .limit(10)
                .into(BookLine.class)
                .flux();
        // end::rillite[]
        return newest;
    }

    @Test
    void springData_givesTheSameRows() {
        Books books = new R2dbcRepositoryFactory(new R2dbcEntityTemplate(factory)).getRepository(Books.class);

        assertThat(list(books.newest(CITY))).isEqualTo(expected).hasSize(10);
    }

    @Test
    void jooq_givesTheSameRows() {
        String city = CITY;
        // tag::jooq[]
        DSLContext jooq = DSL.using(factory, SQLDialect.SQLITE);
        Field<Long> id = field(name("book", "id"), Long.class);
        Field<String> title = field(name("book", "title"), String.class);
        Field<String> publisher = field(name("publisher", "name"), String.class);
        Condition joined = field(name("publisher", "id")).eq(field(name("book", "publisher_id")));

        Flux<BookLine> newest = Flux.from(jooq.select(id, title, publisher)
                        .from(table(name("book")).join(table(name("publisher"))).on(joined))
                        .where(field(name("publisher", "city"), String.class).eq(city))
                        .orderBy(field(name("book", "published")).desc())
                        .limit(10))
                .map(Records.mapping(BookLine::new));
        // end::jooq[]
        assertThat(list(newest)).isEqualTo(expected);
    }
}
