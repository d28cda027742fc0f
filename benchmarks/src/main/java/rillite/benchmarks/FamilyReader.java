package rillite.benchmarks;

/** Reads rows with their related rows, all into memory, and adds them up afterwards. */
interface FamilyReader {

    /** All authors with their books. */
    FamilySum authors();

    /** All publishers with their authors with their books. */
    FamilySum publishers();

    /** Adds up what was written by hand as plain records. */
    static FamilySum ofAuthors(Iterable<Families.Author> authors) {
        FamilySum sum = new FamilySum();
        authors.forEach(author -> add(sum, author, 0));
        return sum;
    }

    /** Adds up what was written by hand as plain records. */
    static FamilySum ofPublishers(Iterable<Families.Publisher> publishers) {
        FamilySum sum = new FamilySum();
        for (Families.Publisher publisher : publishers) {
            sum.publisher(publisher.id(), publisher.name());
            publisher.authors().forEach(author -> add(sum, author, publisher.id()));
        }
        return sum;
    }

    private static void add(FamilySum sum, Families.Author author, long publisher) {
        sum.author(publisher, author.id(), author.name(), author.email());
        for (Families.Book book : author.books()) {
            sum.book(author.id(), book.id(), book.title(), book.pages(), book.price());
        }
    }
}
