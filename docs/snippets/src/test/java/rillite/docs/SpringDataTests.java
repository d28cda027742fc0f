package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.r2dbc.config.AbstractR2dbcConfiguration;
import org.springframework.data.r2dbc.repository.R2dbcRepository;
import org.springframework.data.r2dbc.repository.config.EnableR2dbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.r2dbc.SqliteConnectionFactory;

/** getting-started/spring-data.md */
final class SpringDataTests {
    // tag::entity[]
    @Table("person")
    record Person(@Id @Nullable Long id, String email, boolean active) {}

    interface People extends R2dbcRepository<Person, Long> {
        Flux<Person> findByActiveOrderByEmail(boolean active);
    }
    // end::entity[]

    // tag::configuration[]
    @Configuration(proxyBeanMethods = false)
    @EnableR2dbcRepositories(considerNestedRepositories = true)
    @EnableTransactionManagement
    static class Application extends AbstractR2dbcConfiguration {
        private final String url;

        Application(Environment environment) {
            this.url = environment.getRequiredProperty("app.url");
        }

        @Override
        @Bean
        public ConnectionFactory connectionFactory() {
            return ConnectionFactories.get(url);
        }

        @Bean
        ReactiveTransactionManager transactions(ConnectionFactory connections) {
            return new R2dbcTransactionManager(connections);
        }
    }
    // end::configuration[]

    private static Mono<Long> both(People people, TransactionalOperator operator, String first, String second) {
        // tag::transaction[]
        Mono<Long> registered = people.save(new Person(null, first, true))
                .then(people.save(new Person(null, second, true)))
                .then(people.count())
                .as(operator::transactional);
        // end::transaction[]
        return registered;
    }

    @Test
    void repository_works(@TempDir Path folder) {
        String url = "r2dbc:sqlite:file:///" + folder.resolve("app.db");
        SqliteConnectionFactory watched = SqliteConnectionFactory.fromUrl(url);
        Scratch.run(
                watched,
                "CREATE TABLE person (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, active BOOLEAN NOT NULL)");
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getSystemProperties().put("app.url", url);
            context.register(Application.class);
            context.refresh();
            ConnectionFactory connections = context.getBean(ConnectionFactory.class);
            People people = context.getBean(People.class);
            var operator = TransactionalOperator.create(context.getBean(ReactiveTransactionManager.class));

            StepVerifier.create(both(people, operator, "ada@example.org", "ben@example.org"))
                    .expectNext(2L)
                    .verifyComplete();
            StepVerifier.create(both(people, operator, "cid@example.org", "ben@example.org"))
                    .expectError(DuplicateKeyException.class)
                    .verify(Duration.ofSeconds(10));
            StepVerifier.create(people.findByActiveOrderByEmail(true).map(Person::email))
                    .expectNext("ada@example.org", "ben@example.org")
                    .verifyComplete();

            // tag::client[]
            DatabaseClient client = DatabaseClient.create(connections);
            Mono<Long> active = client.sql("SELECT count(*) FROM person WHERE active = :active")
                    .bind("active", true)
                    .mapValue(Long.class)
                    .one();
            // end::client[]
            assertThat(Scratch.await(active)).isEqualTo(2);
        } finally {
            System.clearProperty("app.url");
        }
        Scratch.close(watched);
    }
}
