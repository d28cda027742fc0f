package rillite.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.ebean.Database;
import io.ebean.DatabaseFactory;
import io.ebean.Query;
import io.ebean.config.DatabaseConfig;
import io.ebean.platform.sqlite.SQLitePlatform;
import java.nio.file.Path;
import java.util.List;
import rillite.benchmarks.beans.AuthorBean;
import rillite.benchmarks.beans.BookBean;
import rillite.benchmarks.beans.PublisherBean;

/** Ebean over JDBC, on the calling thread. */
final class EbeanStore implements Store, FamilyReader {

    private final HikariDataSource pool;
    private final Database database;
    private final boolean queries;

    EbeanStore(Path file, Settings settings, boolean queries) {
        this.queries = queries;
        pool = Pool.open(file, settings);
        DatabaseConfig config = new DatabaseConfig();
        config.setName("benchmarks");
        config.setDataSource(pool);
        config.setDatabasePlatform(new SQLitePlatform());
        config.setRegister(false);
        config.setDefaultServer(false);
        List.of(PublisherBean.class, AuthorBean.class, BookBean.class).forEach(config::addClass);
        database = DatabaseFactory.create(config);
    }

    @Override
    public FamilyReader families() {
        return this;
    }

    private <T> Query<T> fetch(Query<T> query, String path) {
        return queries ? query.fetchQuery(path) : query.fetch(path);
    }

    @Override
    public FamilySum authors() {
        FamilySum sum = new FamilySum();
        fetch(database.find(AuthorBean.class), "books").findList().forEach(author -> add(sum, author, 0));
        return sum;
    }

    @Override
    public FamilySum publishers() {
        FamilySum sum = new FamilySum();
        for (PublisherBean publisher : fetch(fetch(database.find(PublisherBean.class), "authors"), "authors.books")
                .findList()) {
            sum.publisher(publisher.getId(), publisher.getName());
            publisher.getAuthors().forEach(author -> add(sum, author, publisher.getId()));
        }
        return sum;
    }

    private static void add(FamilySum sum, AuthorBean author, long publisher) {
        sum.author(publisher, author.getId(), author.getName(), author.getEmail());
        for (BookBean book : author.getBooks()) {
            sum.book(author.getId(), book.getId(), book.getTitle(), book.getPages(), book.getPrice());
        }
    }

    @Override
    public void close() {
        database.shutdown();
        pool.close();
    }
}
