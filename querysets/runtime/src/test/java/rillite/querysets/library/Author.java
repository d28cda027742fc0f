package rillite.querysets.library;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Ref;
import rillite.querysets.Refs;

public record Author(
        long id,
        String name,
        @Nullable String email,
        @Nullable Integer age,
        Ref<Author> mentor,
        Ref<Profile> profile,
        Refs<Award> awards,
        Refs<Book> books,
        Refs<Author> mentees) {}
