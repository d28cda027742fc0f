package rillite.r2dbc.spring;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

@Table("person")
record Person(
        @Id @Nullable Long id,
        String email,
        String name,
        boolean active,
        @Nullable LocalDate born,
        LocalDateTime seenAt,
        @Nullable BigDecimal balance) {
    static final String DDL = """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY,
            email TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            active BOOLEAN NOT NULL,
            born DATE,
            seen_at DATETIME NOT NULL,
            balance DECIMAL(10, 2)
        )\
        """;

    static Person named(String name) {
        return new Person(
                null,
                name.toLowerCase(Locale.ROOT) + "@example.org",
                name,
                true,
                LocalDate.of(1970, 1, 31),
                LocalDateTime.of(2026, 2, 3, 4, 5, 6),
                null);
    }

    Person withId(Long id) {
        return new Person(id, email, name, active, born, seenAt, balance);
    }

    Person withName(String name) {
        return new Person(id, email, name, active, born, seenAt, balance);
    }

    Person withActive(boolean active) {
        return new Person(id, email, name, active, born, seenAt, balance);
    }
}
