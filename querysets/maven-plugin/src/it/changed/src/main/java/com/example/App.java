package com.example;

import static com.example.shop.Tables.BOOK;

import com.example.shop.Book;
import reactor.core.publisher.Flux;
import rillite.querysets.Database;

public final class App {

    private App() {}

    static Flux<String> titles(Database db) {
        return db.objects(BOOK).orderBy(BOOK.title.asc()).flux().map(Book::title);
    }

    static Flux<Book> explained(Database db) {
        return db.objects(BOOK).filter(BOOK.subtitle.notNull()).flux();
    }
}
