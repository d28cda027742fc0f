package rillite.querysets.bookshop;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Ref;
import rillite.querysets.Refs;

public record Author(
        long id,
        String name,
        @Nullable LocalDate born,
        @Nullable String country,
        Ref<Author> mentor,
        Refs<Author> authorsAsMentor,
        Refs<Book> books) {}
