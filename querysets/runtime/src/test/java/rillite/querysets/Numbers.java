package rillite.querysets;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A fixture with one table of numbers, {@code n (id, v UNIQUE)}, and short forms for what tests of transactions do. */
final class Numbers implements AutoCloseable {

    final Fixture fixture;
    final Database db;

    private Numbers(Fixture fixture, Database db) {
        this.fixture = fixture;
        this.db = db;
    }

    static Numbers in(Path directory, Access access) {
        Fixture fixture = Fixture.ofScript(
                access,
                directory,
                "PRAGMA journal_mode=WAL; CREATE TABLE n (id INTEGER PRIMARY KEY, v INTEGER UNIQUE)");
        return new Numbers(fixture, fixture.db);
    }

    /** The same file with a database of other options. */
    Numbers with(DatabaseOptions options) {
        return with(Database.over(fixture.connections, ConnectionSource.of(fixture.connections), options));
    }

    Numbers with(Mono<Database> database) {
        return new Numbers(fixture, Objects.requireNonNull(database.block(Fixture.PATIENCE)));
    }

    @Override
    public void close() {
        fixture.close();
    }

    QuerySet<Row> n() {
        return db.objects("n");
    }

    Mono<Row> add(long id) {
        return add(db, id);
    }

    static Mono<Row> add(Database db, long id) {
        return db.objects("n").create("id", id, "v", id);
    }

    void fill(int rows) {
        run(n().count());
        LongStream.rangeClosed(1, rows).forEach(id -> fixture.jdbc("INSERT INTO n VALUES (" + id + ", " + id + ")"));
        fixture.sent();
    }

    /** What another connection sees. */
    List<Long> stored() {
        return fixture.jdbc("SELECT id FROM n ORDER BY id").stream()
                .map(row -> ((Number) Objects.requireNonNull(row.get(0))).longValue())
                .toList();
    }

    static <T> List<T> run(Publisher<T> work) {
        return Objects.requireNonNull(Flux.from(work).collectList().block(Fixture.PATIENCE));
    }
}
