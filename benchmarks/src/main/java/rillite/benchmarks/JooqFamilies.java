package rillite.benchmarks;

import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/** Nested collections by MULTISET, read into records: one statement. */
record JooqFamilies(DSLContext dsl) implements FamilyReader {

    private static final Table<?> PUBLISHER = table(name("publisher"));
    private static final Table<?> AUTHOR = table(name("author"));
    private static final Table<?> BOOK = table(name("book"));
    private static final Field<Long> PUBLISHER_ID = field(name("publisher", "id"), Long.class);
    private static final Field<Long> AUTHOR_ID = field(name("author", "id"), Long.class);
    private static final Field<Long> AUTHOR_OF_BOOK = field(name("book", "author_id"), Long.class);
    private static final Field<Long> PUBLISHER_OF_AUTHOR = field(name("author", "publisher_id"), Long.class);

    private static Field<List<Families.Book>> books() {
        return multiset(select(
                                field(name("book", "id"), Long.class),
                                field(name("book", "title"), String.class),
                                AUTHOR_OF_BOOK,
                                field(name("book", "pages"), Long.class),
                                field(name("book", "price"), Double.class))
                        .from(BOOK)
                        .where(AUTHOR_OF_BOOK.eq(AUTHOR_ID)))
                .convertFrom(rows -> rows.map(mapping(Families.Book::new)));
    }

    @Override
    public FamilySum authors() {
        return FamilyReader.ofAuthors(dsl.select(
                        AUTHOR_ID,
                        field(name("author", "name"), String.class),
                        field(name("author", "email"), String.class),
                        PUBLISHER_OF_AUTHOR,
                        books())
                .from(AUTHOR)
                .fetch(mapping(Families.Author::new)));
    }

    @Override
    public FamilySum publishers() {
        Field<List<Families.Author>> authors = multiset(select(
                                AUTHOR_ID,
                                field(name("author", "name"), String.class),
                                field(name("author", "email"), String.class),
                                PUBLISHER_OF_AUTHOR,
                                books())
                        .from(AUTHOR)
                        .where(PUBLISHER_OF_AUTHOR.eq(PUBLISHER_ID)))
                .convertFrom(rows -> rows.map(mapping(Families.Author::new)));
        return FamilyReader.ofPublishers(
                dsl.select(PUBLISHER_ID, field(name("publisher", "name"), String.class), authors)
                        .from(PUBLISHER)
                        .fetch(mapping(Families.Publisher::new)));
    }
}
