package com.example;

import static com.example.shop.Tables.AUTHOR;
import static com.example.shop.Tables.BOOK;

import com.example.shop.NewAuthor;
import com.example.shop.NewBook;
import com.example.shop.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

public final class App {

    private App() {}

    public static List<String> run(Path file) {
        Database db = Database.open(file, Tables.named(DatabaseOptions.defaults())).block();
        try {
            Instant now = Instant.parse("2026-01-31T09:05:00.250Z");
            db.objects(AUTHOR).insert(new NewAuthor("Ada").id(1).joinedAt(now)).block();
            db.objects(AUTHOR)
                    .insert(new NewAuthor("Bea").joinedAt(now.plusMillis(1)).mentorId(1L))
                    .block();
            db.objects(BOOK)
                    .insert(new NewBook("Maps", 2).kind(Kind.ATLAS).layout(new Layout(2, "Serif")))
                    .block();
            return db.objects(BOOK)
                    .filter(BOOK.author().mentor().name.eq("Ada"), BOOK.author().joinedAt.gt(now))
                    .selectRelated(BOOK.author())
                    .flux()
                    .map(book -> book.title() + " by " + book.author().get().name() + ", " + book.kind() + ", "
                            + book.layout())
                    .collectList()
                    .block();
        } finally {
            db.close().block();
        }
    }
}
