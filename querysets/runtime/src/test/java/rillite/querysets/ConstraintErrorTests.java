package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;
import rillite.r2dbc.ConstraintKind;
import rillite.r2dbc.SqliteDataIntegrityException;

/** What a refused value tells: the driver's exception, unwrapped, with kind, table, columns and constraint. */
final class ConstraintErrorTests {

    private static final String SECRET = "ann@x.org";

    @TempDir
    Path directory;

    private Fixture fixture;
    private QuerySet<Row> persons;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(Access.DRIVER, directory, """
                CREATE TABLE team (id INTEGER PRIMARY KEY);
                CREATE TABLE person (
                    id INTEGER PRIMARY KEY,
                    email TEXT UNIQUE,
                    age INTEGER CONSTRAINT grown_up CHECK (age >= 18),
                    team_id INTEGER REFERENCES team,
                    first TEXT, last TEXT, UNIQUE (first, last)
                );
                CREATE TABLE typed (id INTEGER PRIMARY KEY, n INTEGER) STRICT;
                INSERT INTO person VALUES (1, 'ann@x.org', 30, NULL, 'Ann', 'Lee');
                """);
        persons = fixture.db.objects("person");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static SqliteDataIntegrityException refusal(Publisher<?> write) {
        SqliteDataIntegrityException[] seen = new SqliteDataIntegrityException[1];
        StepVerifier.create(write)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(SqliteDataIntegrityException.class);
                    seen[0] = (SqliteDataIntegrityException) error;
                })
                .verify(Fixture.PATIENCE);
        assertThat(seen[0].getMessage()).doesNotContain(SECRET);
        return seen[0];
    }

    @Test
    void unique_namesTableAndColumns() {
        SqliteDataIntegrityException one = refusal(persons.create("email", SECRET));
        assertThat(one.kind()).isEqualTo(ConstraintKind.UNIQUE);
        assertThat(one.table()).isEqualTo("person");
        assertThat(one.constraintColumns()).containsExactly("email");
        assertThat(one).hasMessageContaining("person.email");

        SqliteDataIntegrityException two = refusal(persons.create("first", "Ann", "last", "Lee"));
        assertThat(two.constraintColumns()).containsExactly("first", "last");
    }

    @Test
    void primaryKey_namesTableAndColumn() {
        SqliteDataIntegrityException error = refusal(persons.create("id", 1));
        assertThat(error.kind()).isEqualTo(ConstraintKind.PRIMARY_KEY);
        assertThat(error.table()).isEqualTo("person");
        assertThat(error.constraintColumns()).containsExactly("id");
    }

    @Test
    void check_namesTheConstraint() {
        SqliteDataIntegrityException error =
                refusal(fixture.db.inTransaction(tx -> persons.filter("id", 1).update("age", 3)));
        assertThat(error.kind()).isEqualTo(ConstraintKind.CHECK);
        assertThat(error.constraintName()).isEqualTo("grown_up");
        assertThat(error).hasMessageContaining("grown_up").hasMessageContaining("UPDATE \"person\" SET \"age\"");
    }

    @Test
    void foreignKey_namesTheKind() {
        SqliteDataIntegrityException error = refusal(persons.create("team_id", 7));
        assertThat(error.kind()).isEqualTo(ConstraintKind.FOREIGN_KEY);
        assertThat(error).hasMessageContaining("INSERT INTO \"person\"");
    }

    @Test
    void notNullAndTypes_ofRawSql_nameTableAndColumn() {
        SqliteDataIntegrityException error = refusal(
                fixture.db.sql("INSERT INTO typed (n) VALUES (?)", "many").execute());
        assertThat(error.kind()).isEqualTo(ConstraintKind.DATATYPE);
        assertThat(error.table()).isEqualTo("typed");
        assertThat(error.constraintColumns()).containsExactly("n");
    }
}
