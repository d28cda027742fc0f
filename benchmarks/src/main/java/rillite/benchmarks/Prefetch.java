package rillite.benchmarks;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;

/** All authors with all their books, in two statements: QuerySets against two queries and a map written by hand. */
final class Prefetch implements Workload {

    @Override
    public String name() {
        return "prefetch";
    }

    @Override
    public String title() {
        return "all authors with 50 books each, two statements";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public String heap() {
        return "1g";
    }

    @Override
    public Settings settings() {
        return Settings.with("NORMAL");
    }

    @Override
    public List<String> rivals() {
        return List.of("rillite", "jdbc");
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.ratio(unit(), "jdbc", 1 / 1.3, 1));
    }

    @Override
    public void prepare(Stage stage) {
        Families.of(stage.scale()).create(stage.items());
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        return rival.name().equals("jdbc") ? byHand(stage) : byQuerySet(stage);
    }

    private Sample byQuerySet(Stage stage) {
        ConnectionFactory connections = ConnectionFactories.get(settings().url(stage.items()));
        AtomicLong statements = new AtomicLong();
        DatabaseOptions options = DatabaseOptions.defaults().statementListener(sql -> statements.incrementAndGet());
        try {
            Database db = requireNonNull(Database.over(connections, options).block());
            QuerySet<Row> authors = db.objects("author").orderBy("id").prefetchRelated("books");
            return measured(stage, () -> {
                long before = statements.get();
                long sum = sum(requireNonNull(authors.list().block()));
                Checks.equal("statements", 2, statements.get() - before);
                return sum;
            });
        } finally {
            if (connections instanceof Closeable closeable) {
                Mono.from(closeable.close()).block();
            }
        }
    }

    private static long sum(List<Row> authors) {
        long sum = 0;
        for (Row author : authors) {
            long key = (Long) author.pk();
            for (Row book : author.list("books")) {
                sum += key * (Long) book.pk();
            }
        }
        return sum;
    }

    private Sample byHand(Stage stage) {
        Path file = stage.items();
        return Unchecked.call(() -> {
            try (Connection connection = new TunedDataSource(file, settings()).getConnection();
                    PreparedStatement authors = connection.prepareStatement(Families.AUTHORS);
                    PreparedStatement books = connection.prepareStatement(Families.BOOKS)) {
                return measured(stage, () -> Unchecked.call(() -> sumOf(read(authors, books))));
            }
        });
    }

    private static long sumOf(List<Families.Author> authors) {
        long sum = 0;
        for (Families.Author author : authors) {
            for (Families.Book book : author.books()) {
                sum += author.id() * book.id();
            }
        }
        return sum;
    }

    private static List<Families.Author> read(PreparedStatement authors, PreparedStatement books) throws SQLException {
        List<Families.Author> all = new ArrayList<>();
        Map<Long, List<Families.Book>> byAuthor = new HashMap<>();
        StringBuilder keys = new StringBuilder("[");
        try (ResultSet rows = authors.executeQuery()) {
            while (rows.next()) {
                List<Families.Book> own = new ArrayList<>();
                all.add(new Families.Author(rows.getLong(1), rows.getString(2), rows.getString(3), own));
                byAuthor.put(rows.getLong(1), own);
                keys.append(keys.length() > 1 ? "," : "").append(rows.getLong(1));
            }
        }
        books.setString(1, keys.append(']').toString());
        try (ResultSet rows = books.executeQuery()) {
            while (rows.next()) {
                Families.Book book = new Families.Book(
                        rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getLong(4), rows.getDouble(5));
                requireNonNull(byAuthor.get(book.authorId())).add(book);
            }
        }
        return all;
    }

    /** Rows per second, over as many loads as fit into the slice of time. */
    private Sample measured(Stage stage, LongSupplier load) {
        Families families = Families.of(stage.scale());
        long expected = families.sum();
        long start = System.nanoTime();
        long loads = 0;
        do {
            Checks.equal("loaded rows", expected, load.getAsLong());
            loads++;
        } while (System.nanoTime() - start < stage.scale().slice().toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        return Sample.of(unit(), loads * (families.authors() + families.books()) / seconds);
    }
}
