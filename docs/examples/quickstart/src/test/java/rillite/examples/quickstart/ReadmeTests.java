package rillite.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import rillite.querysets.Database;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;

/** What the README at the root shows: the code between two comments, word for word, and what it does. */
final class ReadmeTests {

    @TempDir
    private static Path folder;

    private ConnectionFactory factory;
    private Database db;

    @BeforeEach
    void open() {
        Path file = folder.resolve("bookshop.db");
        if (Files.notExists(file)) {
            Bookshop.create(file, Bookshop.SEED).block();
        }
        factory = Sql.open(file, "");
        db = Objects.requireNonNull(Database.over(factory).block());
    }

    @AfterEach
    void close() {
        Sql.close(factory).block();
    }

    @Test
    void querySet_streamsItsRows_withTheStatementShown() throws IOException {
        // QuerySets
        QuerySet<Row> books = db.objects("book")
                .filter("price_cents__gte", 3000, "title__startswith", "The Silent")
                .exclude("pages__lt", 100)
                .orderBy("-published")
                .limit(3);

        Flux<Object> titles = books.flux().map(book -> book.get("title"));
        // end

        assertThat(titles.collectList().block())
                .containsExactly("The Silent Letter 1534", "The Silent Garden 1766", "The Silent Winter 1539");
        String readme = readme();
        assertThat(readme).contains(shown("QuerySets"));
        assertThat(words(readme)).contains(words(books.toSql().sql()));
    }

    @Test
    void connectionFactory_streamsItsRows() throws IOException {
        // R2DBC
        Flux<String> titles = Flux.usingWhen(
                factory.create(),
                connection -> Flux.from(connection
                                .createStatement("SELECT title FROM book WHERE pages > ?")
                                .bind(0, 900)
                                .execute())
                        .flatMap(result -> result.map(row -> row.get("title", String.class))),
                Connection::close);
        // end

        assertThat(titles.take(2).collectList().block())
                .containsExactly("The Northern Harbour 23", "The Hidden Letter 58");
        assertThat(readme()).contains(shown("R2DBC"));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("../../../README.md"));
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** The lines between the comment of that name and the end, moved to the left. */
    private static String shown(String region) throws IOException {
        List<String> lines = Files.readAllLines(
                Path.of("src/test/java", ReadmeTests.class.getName().replace('.', '/') + ".java"));
        int from = lines.indexOf("        // " + region) + 1;
        int to = from + lines.subList(from, lines.size()).indexOf("        // end");
        return lines.subList(from, to).stream()
                .map(line -> line.isEmpty() ? line : line.substring(8))
                .collect(Collectors.joining("\n"));
    }
}
