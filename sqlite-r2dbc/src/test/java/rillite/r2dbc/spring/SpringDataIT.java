package rillite.r2dbc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.r2dbc.repository.support.R2dbcRepositoryFactory;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import reactor.core.publisher.Flux;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** A Spring Data repository over the driver, with the dialect Spring finds by itself. */
@ExtendWith(LeakFree.class)
final class SpringDataIT {
    private TestDatabase database;
    private R2dbcEntityTemplate template;
    private People people;

    @BeforeEach
    void open(@TempDir Path directory) {
        database = TestDatabase.in(directory);
        database.run(Person.DDL);
        template = new R2dbcEntityTemplate(database.factory());
        people = new R2dbcRepositoryFactory(template).getRepository(People.class);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void save_newEntity_hasGeneratedId() {
        Person ada = Await.one(people.save(Person.named("Ada")));
        Person ben = Await.one(people.save(Person.named("Ben")));

        assertThat(ada.id()).isEqualTo(1L);
        assertThat(ben.id()).isEqualTo(2L);
        assertThat(database.read(Long.class, "SELECT id FROM person ORDER BY id"))
                .containsExactly(1L, 2L);
    }

    @Test
    void findById_everyColumn_comesBackEqual() {
        Person written = new Person(
                null,
                "cy@example.org",
                "Cy",
                false,
                LocalDate.of(1999, 12, 31),
                LocalDateTime.of(2026, 7, 8, 9, 10, 11, 120_000),
                new BigDecimal("12345678.25"));

        Person saved = Await.one(people.save(written));

        assertThat(Await.<Person>one(people.findById(1L))).isEqualTo(saved).isEqualTo(written.withId(1L));
    }

    @Test
    void findById_nullColumns_comeBackNull() {
        Person written = new Person(null, "n@example.org", "N", true, null, LocalDateTime.of(2026, 1, 1, 0, 0), null);

        Await.one(people.save(written));

        assertThat(Await.<Person>one(people.findById(1L))).isEqualTo(written.withId(1L));
    }

    @Test
    void booleanAndDate_inTheFile_areNumberAndText() {
        Await.one(people.save(Person.named("Dora")));

        assertThat(database.value(String.class, "SELECT typeof(active) || ' ' || active FROM person"))
                .isEqualTo("integer 1");
        assertThat(database.value(String.class, "SELECT typeof(born) || ' ' || born FROM person"))
                .isEqualTo("text 1970-01-31");
        assertThat(database.value(String.class, "SELECT seen_at FROM person")).isEqualTo("2026-02-03 04:05:06");
    }

    @Test
    void save_existingEntity_updatesIt() {
        Person ada = Await.one(people.save(Person.named("Ada")));

        Await.one(people.save(ada.withName("Ada L.")));

        assertThat(Await.<Person>one(people.findById(1L)).name()).isEqualTo("Ada L.");
        assertThat(Await.<Long>one(people.count())).isEqualTo(1L);
    }

    @Test
    void derivedQuery_byBoolean_filtersAndSorts() {
        saveAll("Eve", "Cleo", "Dan");
        Await.one(people.setActiveAbove(false, 2));

        assertThat(names(people.findByActiveOrderByName(true))).containsExactly("Cleo", "Eve");
        assertThat(names(people.findByActiveOrderByName(false))).containsExactly("Dan");
        assertThat(Await.<Long>one(people.countByActive(true))).isEqualTo(2L);
    }

    @Test
    void derivedQuery_containing_finds() {
        saveAll("Anna", "Hannah", "Otto");

        assertThat(names(people.findByNameContaining("nna"))).containsExactlyInAnyOrder("Anna", "Hannah");
        assertThat(Await.<Boolean>one(people.existsByEmail("otto@example.org"))).isTrue();
        assertThat(Await.<Boolean>one(people.existsByEmail("nobody@example.org")))
                .isFalse();
    }

    @Test
    void likeWithWildcardInText_derivedFindsNothing_declaredFinds() {
        saveAll("50% off", "500");

        assertThat(names(people.findByNameContaining("0%"))).isEmpty();
        assertThat(names(people.nameLike("%0\\%%"))).containsExactly("50% off");
    }

    @Test
    void declaredQuery_namedParameter_finds() {
        saveAll("Fay");

        assertThat(Await.<Person>one(people.byEmail("fay@example.org")).name()).isEqualTo("Fay");
    }

    @Test
    void page_middle_hasLimitAndOffset() {
        saveAll("A", "B", "C", "D", "E");

        assertThat(names(people.findAllBy(PageRequest.of(1, 2, Sort.by("name")))))
                .containsExactly("C", "D");
        assertThat(names(people.findAllBy(PageRequest.of(2, 2, Sort.by("name")))))
                .containsExactly("E");
    }

    @Test
    void offset_withoutLimit_skips() {
        saveAll("A", "B", "C");
        Query query = Query.empty().sort(Sort.by("name")).offset(2);

        assertThat(names(template.select(query, Person.class))).containsExactly("C");
    }

    @Test
    void criteria_inAndNull_find() {
        saveAll("A", "B", "C");

        Query query = Query.query(
                Criteria.where("name").in(List.of("A", "C")).and("balance").isNull());

        assertThat(names(template.select(query, Person.class))).containsExactlyInAnyOrder("A", "C");
    }

    @Test
    void upsert_newAndExisting_leavesOneRow() {
        Await.one(template.upsert(Person.named("Gil").withId(7L)));
        Await.one(template.upsert(Person.named("Gil").withId(7L).withName("Gilda")));

        assertThat(database.read(String.class, "SELECT id || ' ' || name FROM person"))
                .containsExactly("7 Gilda");
    }

    @Test
    void delete_byId_removesOne() {
        saveAll("A", "B");

        Await.done(people.deleteById(1L));

        assertThat(names(people.findAll())).containsExactly("B");
    }

    @Test
    void save_secondWithSameUniqueValue_isDuplicateKey() {
        saveAll("Hal");

        assertThat(Await.error(people.save(Person.named("Hal")))).isInstanceOf(DuplicateKeyException.class);
        assertThat(Await.<Long>one(people.count())).isEqualTo(1L);
    }

    @Test
    void insert_nullInNotNullColumn_isIntegrityViolation() {
        var insert = template.getDatabaseClient()
                .sql("INSERT INTO person (email, name, active, seen_at) VALUES ('x', NULL, 1, '2026-01-01 00:00:00')")
                .fetch()
                .rowsUpdated();

        assertThat(Await.error(insert))
                .isInstanceOf(DataIntegrityViolationException.class)
                .isNotInstanceOf(DuplicateKeyException.class);
    }

    private void saveAll(String... names) {
        Await.done(people.saveAll(Flux.fromArray(names).map(Person::named)));
    }

    private static List<String> names(Flux<Person> people) {
        return Await.all(people.map(Person::name));
    }
}
