package rillite.querysets.bookshop;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Ref;
import rillite.querysets.Refs;

public record Book(
        long id,
        String isbn,
        String title,
        Ref<Author> author,
        Ref<Publisher> publisher,
        Ref<Category> category,
        int pages,
        BigDecimal price,
        @Nullable Double weight,
        boolean inPrint,
        @Nullable LocalDate published,
        @Nullable ByteBuffer cover,
        @Nullable Long titleLength,
        Refs<Award> awards,
        Refs<BookTag> bookTags,
        Refs<OrderLine> orderLines,
        Refs<Review> reviews,
        Refs<Tag> tags) {}
