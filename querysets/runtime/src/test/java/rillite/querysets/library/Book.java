package rillite.querysets.library;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Ref;
import rillite.querysets.Refs;

public record Book(
        long id,
        String title,
        Ref<Author> author,
        Ref<Publisher> publisher,
        int pages,
        @Nullable LocalDate published,
        @Nullable LocalDateTime created,
        Refs<BookTag> bookTags,
        Refs<Review> reviews,
        Refs<Tag> tags) {}
