package rillite.benchmarks;

import static java.util.Objects.requireNonNull;
import static rillite.benchmarks.tables.AuthorTable.AUTHOR;
import static rillite.benchmarks.tables.PublisherTable.PUBLISHER;

import java.util.function.Supplier;
import rillite.benchmarks.tables.Author;
import rillite.benchmarks.tables.Book;
import rillite.benchmarks.tables.Publisher;
import rillite.querysets.Database;
import rillite.querysets.StatementCounter;

/** Related rows as records, with a look at the number of statements. */
record RecordFamilies(Database database) implements FamilyReader {

    @Override
    public FamilySum authors() {
        return counted(2, () -> {
            FamilySum sum = new FamilySum();
            requireNonNull(database.objects(AUTHOR)
                            .prefetchRelated(AUTHOR.books())
                            .list()
                            .block())
                    .forEach(author -> add(sum, author, 0));
            return sum;
        });
    }

    @Override
    public FamilySum publishers() {
        return counted(3, () -> {
            FamilySum sum = new FamilySum();
            for (Publisher publisher : requireNonNull(database.objects(PUBLISHER)
                    .prefetchRelated(PUBLISHER.authors().then(author -> author.books()))
                    .list()
                    .block())) {
                sum.publisher(publisher.id(), publisher.name());
                publisher.authors().list().forEach(author -> add(sum, author, publisher.id()));
            }
            return sum;
        });
    }

    private static void add(FamilySum sum, Author author, long publisher) {
        sum.author(publisher, author.id(), author.name(), author.email());
        for (Book book : author.books().list()) {
            sum.book(author.id(), book.id(), book.title(), book.pages(), book.price());
        }
    }

    private FamilySum counted(long statements, Supplier<FamilySum> read) {
        try (StatementCounter counter = StatementCounter.on(database)) {
            FamilySum sum = read.get();
            Checks.equal("number of statements", statements, counter.count());
            return sum;
        }
    }
}
