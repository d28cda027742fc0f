package com.example;

import com.example.shop.Author;

public final class App {

    private App() {}

    static String greeting(Author author) {
        return "Good morning, " + author.name();
    }
}
