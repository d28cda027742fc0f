package rillite.r2dbc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.r2dbc.config.AbstractR2dbcConfiguration;
import org.springframework.data.r2dbc.repository.config.EnableR2dbcRepositories;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** An application context as an application has one: scanned repositories and {@code @Transactional} services. */
@ExtendWith(LeakFree.class)
final class SpringContextIT {
    @Test
    void transactionalService_secondSaveFails_keepsNeither(@TempDir Path directory) {
        try (var context = context(directory)) {
            Registration service = context.getBean(Registration.class);
            TestDatabase database = context.getBean(TestDatabase.class);

            assertThat(Await.<Long>one(service.register("Ann", "Bob"))).isEqualTo(2L);
            assertThat(Await.error(service.register("Cid", "Bob"))).isInstanceOf(DuplicateKeyException.class);

            assertThat(database.read(String.class, "SELECT name FROM person ORDER BY name"))
                    .containsExactly("Ann", "Bob");
        }
    }

    private static AnnotationConfigApplicationContext context(Path directory) {
        TestDatabase database = TestDatabase.in(directory);
        database.run(Person.DDL);
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(TestDatabase.class, () -> database);
        context.register(Config.class);
        context.refresh();
        return context;
    }

    interface Registration {
        Mono<Long> register(String first, String second);
    }

    static final class RepositoryRegistration implements Registration {
        private final People people;

        RepositoryRegistration(People people) {
            this.people = people;
        }

        @Override
        @Transactional
        public Mono<Long> register(String first, String second) {
            return people.save(Person.named(first))
                    .then(people.save(Person.named(second)))
                    .then(people.count());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableR2dbcRepositories(basePackageClasses = People.class)
    @EnableTransactionManagement
    static final class Config extends AbstractR2dbcConfiguration {
        private final TestDatabase database;

        Config(TestDatabase database) {
            this.database = database;
        }

        @Override
        @Bean(destroyMethod = "")
        public ConnectionFactory connectionFactory() {
            return database.factory();
        }

        @Bean
        ReactiveTransactionManager transactionManager(ConnectionFactory factory) {
            return new R2dbcTransactionManager(factory);
        }

        @Bean
        Registration registration(People people) {
            return new RepositoryRegistration(people);
        }
    }
}
