package rillite.examples.quickstart;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.BulkProgress;

/** Makes the sample database; the same seed gives the same rows. */
public final class Bookshop {

    /** The seed of the rows that the documentation shows. */
    public static final long SEED = 7;

    private static final List<String> ADJECTIVES =
            List.of("Silent", "Last", "Golden", "Hidden", "Northern", "Broken", "Small", "Distant", "Green", "Patient");
    private static final List<String> NOUNS =
            List.of("River", "Harbour", "Garden", "Letter", "Mountain", "Clock", "Island", "Winter", "Bridge", "Rill");
    private static final List<String> NAMES =
            List.of("Ada", "Bela", "Chen", "Dora", "Emil", "Fatima", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Lena");
    private static final List<String> FAMILIES =
            List.of("Abel", "Brook", "Castillo", "Dahl", "Eriksen", "Fontaine", "Groot", "Haas", "Ito", "Jansen");
    private static final List<String> TAGS =
            List.of("novel", "crime", "poetry", "history", "science", "travel", "children", "cooking", "art", "music");

    private static final int BOOKS = 2_000;
    private static final int AUTHORS = 400;
    private static final int CUSTOMERS = 1_500;
    private static final int PURCHASES = 20_000;

    private final ConnectionFactory factory;
    private final long seed;

    private Bookshop(ConnectionFactory factory, long seed) {
        this.factory = factory;
        this.seed = seed;
    }

    /** Creates the file with all tables and rows; emits the number of rows. */
    public static Mono<Long> create(Path file, long seed) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> Sql.open(file, "synchronous=NORMAL")),
                factory -> new Bookshop(factory, seed).fill(),
                Sql::close);
    }

    private Mono<Long> fill() {
        Mono<Long> tables = Sql.on(factory, this::schema).reduce(0L, Long::sum);
        return tables.thenMany(Flux.concat(
                        rows(
                                "publisher(id, name, city)",
                                40,
                                (random, id) -> row(
                                        id, pick(random, FAMILIES) + " Press " + id, pick(random, NOUNS) + "ville")),
                        rows(
                                "author(id, name, email, born, mentor_id)",
                                AUTHORS,
                                (random, id) -> row(
                                        id,
                                        name(random),
                                        "author" + id + "@example.org",
                                        1920 + random.nextInt(80),
                                        id % 5 == 1 ? null : 1 + random.nextInt(id - 1))),
                        rows(
                                "book(id, title, published, pages, price_cents, publisher_id)",
                                BOOKS,
                                (random, id) -> row(
                                        id,
                                        "The " + pick(random, ADJECTIVES) + " " + pick(random, NOUNS) + " " + id,
                                        day(random),
                                        40 + random.nextInt(900),
                                        500 + random.nextInt(4_500),
                                        1 + random.nextInt(40))),
                        rows(
                                "book_author(book_id, author_id)",
                                BOOKS,
                                (random, id) -> row(id, 1 + random.nextInt(AUTHORS))),
                        rows("tag(id, name)", TAGS.size(), (random, id) -> row(id, TAGS.get(id - 1))),
                        rows(
                                "book_tag(book_id, tag_id)",
                                BOOKS,
                                (random, id) -> row(id, 1 + random.nextInt(TAGS.size()))),
                        rows(
                                "customer(id, name, email, joined)",
                                CUSTOMERS,
                                (random, id) -> row(id, name(random), "customer" + id + "@example.org", day(random))),
                        rows(
                                "purchase(id, customer_id, placed_at)",
                                PURCHASES,
                                (random, id) -> row(id, 1 + random.nextInt(CUSTOMERS), day(random) + " 12:00:00")),
                        rows(
                                "purchase_line(id, purchase_id, book_id, quantity, price_cents)",
                                3 * PURCHASES,
                                (random, id) -> row(
                                        id,
                                        1 + random.nextInt(PURCHASES),
                                        1 + random.nextInt(BOOKS),
                                        1 + random.nextInt(4),
                                        500 + random.nextInt(4_500))),
                        rows(
                                "review(id, book_id, customer_id, stars, body)",
                                8_000,
                                (random, id) -> row(
                                        id,
                                        1 + random.nextInt(BOOKS),
                                        1 + random.nextInt(CUSTOMERS),
                                        1 + random.nextInt(5),
                                        pick(random, ADJECTIVES) + " and worth " + random.nextInt(9) + " evenings")),
                        rows(
                                "\"shelf place\"(id, shelf, place, book_id)",
                                BOOKS,
                                (random, id) -> row(id, "Shelf " + (id / 50 + 1), id % 50, id))))
                .reduce(0L, Long::sum);
    }

    private Flux<Long> schema(Connection connection) {
        return Flux.fromIterable(statements()).concatMap(sql -> Sql.update(connection, sql));
    }

    /** Rows 1 to {@code count}; the columns stand in the target, one bind marker each. */
    private Mono<Long> rows(String target, int count, BiFunction<SplittableRandom, Integer, Object[]> maker) {
        String markers = target.substring(target.lastIndexOf('(')).replaceAll("[a-z_]+", "?");
        Flux<Object[]> rows = Flux.defer(() -> {
            SplittableRandom random = new SplittableRandom(seed + target.hashCode());
            return Flux.range(1, count).map(id -> maker.apply(random, id));
        });
        return RowImport.insert(factory, "INSERT INTO " + target + " VALUES " + markers, rows, done -> {})
                .map(BulkProgress::rows);
    }

    private static List<String> statements() {
        try (InputStream in = Bookshop.class.getResourceAsStream("bookshop.sql")) {
            if (in == null) {
                throw new IllegalStateException("bookshop.sql is missing beside " + Bookshop.class.getName());
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(script.split("\n\\s*\n"))
                    .filter(block -> block.contains("CREATE"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object[] row(@Nullable Object... values) {
        return values;
    }

    private static String pick(SplittableRandom random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static String name(SplittableRandom random) {
        return pick(random, NAMES) + " " + pick(random, FAMILIES);
    }

    private static String day(SplittableRandom random) {
        return LocalDate.of(1990, 1, 1).plusDays(random.nextInt(12_700)).toString();
    }
}
