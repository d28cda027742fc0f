package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTransientException;
import io.r2dbc.spi.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;
import rillite.core.LaneException;
import rillite.querysets.QueryException;
import rillite.r2dbc.ConstraintKind;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.SqliteDataIntegrityException;
import rillite.r2dbc.SqliteErrorCode;
import rillite.r2dbc.SqliteException;

/** reference/errors.md */
final class ErrorsTests {
    private static final String PAGE = Pages.text("reference/errors.md");

    private SqliteConnectionFactory connections;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
        Scratch.run(connections, "CREATE TABLE person (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE)");
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    private Mono<Long> insert(String email) {
        return Mono.usingWhen(
                connections.create(),
                connection -> Flux.from(connection
                                .createStatement("INSERT INTO person (email) VALUES (?)")
                                .bind(0, email)
                                .execute())
                        .concatMap(Result::getRowsUpdated)
                        .single(),
                Connection::close);
    }

    @Test
    void errors_tellWhatTheyAre() {
        Scratch.await(insert("ada@example.org"));

        // tag::unique[]
        Mono<String> answer = insert("ada@example.org")
                .thenReturn("welcome")
                .onErrorResume(
                        SqliteDataIntegrityException.class,
                        error -> error.kind() == ConstraintKind.UNIQUE
                                        && error.constraintColumns().contains("email")
                                ? Mono.just("this address is known")
                                : Mono.error(error));
        // end::unique[]

        StepVerifier.create(answer).expectNext("this address is known").verifyComplete();
    }

    @Test
    void common_isOneInterface() {
        Scratch.await(insert("ada@example.org"));

        // tag::common[]
        Mono<String> told = insert("ada@example.org")
                .thenReturn("stored")
                .onErrorResume(
                        error -> error instanceof SqliteException,
                        error -> Mono.just(((SqliteException) error).code().sqliteName() + " "
                                + ((SqliteException) error).getSqlState()));
        // end::common[]

        StepVerifier.create(told).expectNext("SQLITE_CONSTRAINT_UNIQUE 23505").verifyComplete();
    }

    @Test
    void transient_mayBeTriedAgain() {
        // tag::retry[]
        Mono<Long> stored = insert("ben@example.org")
                .retryWhen(Retry.backoff(3, Duration.ofMillis(50))
                        .filter(error -> error instanceof R2dbcTransientException));
        // end::retry[]

        StepVerifier.create(stored).expectNext(1L).verifyComplete();
    }

    @Test
    void everyClass_hasItsAnchor() {
        Stream.of(QueryException.class, LaneException.class, SqliteException.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .forEach(member -> assertThat(PAGE).contains("\n### " + member.getSimpleName() + "\n"));
    }

    @Test
    void everyCode_isInTheTable_asItIsReported() {
        List<String> lines = PAGE.lines().toList();

        for (SqliteErrorCode code : SqliteErrorCode.values()) {
            if (code.isError()) {
                assertThat(lines)
                        .contains("| " + code.code() + " | `" + code.name() + "` | `"
                                + code.exceptionType().getSimpleName() + "` | " + code.sqlState() + " |");
            }
        }
    }

    @Test
    void everyLabel_isInTheTable() {
        String faults = Pages.source("sqlite-r2dbc/src/main/java/rillite/r2dbc/EngineFault.java");

        assertThat(Pattern.compile("^    ([A-Z_]+)\\($", Pattern.MULTILINE)
                        .matcher(faults.replaceAll("(?m)^(    [A-Z_]+\\().+$", "$1"))
                        .results()
                        .map(label -> label.group(1)))
                .hasSizeGreaterThan(15)
                .allSatisfy(label -> assertThat(PAGE).contains("| <a id=\"" + label + "\"></a>`" + label + "` |"));
    }

    @Test
    void labels_areThoseOfTheDriver() {
        Mono<Long> temporary = Mono.usingWhen(
                connections.create(),
                connection -> Flux.from(connection
                                .createStatement("CREATE TEMP TABLE x (a)")
                                .execute())
                        .concatMap(Result::getRowsUpdated)
                        .single(),
                Connection::close);

        StepVerifier.create(temporary)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                R2dbcException.class,
                                refused -> assertThat(refused.getSqlState()).isEqualTo("0A000"))
                        .hasMessageStartingWith("[SHARED_SESSION]"))
                .verify(Duration.ofSeconds(10));
    }
}
