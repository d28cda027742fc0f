package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asserts the text, the binds and the rows of one query, and that it is one statement. */
final class Asked {

    private final Fixture fixture;
    private final QuerySet<Row> query;

    private Asked(Fixture fixture, QuerySet<Row> query) {
        this.fixture = fixture;
        this.query = query;
    }

    static Asked of(Fixture fixture, QuerySet<Row> query) {
        return new Asked(fixture, query);
    }

    /** The condition alone, for queries that read whole rows without order. */
    Asked where(String condition) {
        assertThat(query.toSql().sql()).contains(" WHERE ");
        assertThat(query.toSql().sql().substring(query.toSql().sql().indexOf(" WHERE ") + 7))
                .isEqualTo(condition);
        return this;
    }

    Asked sql(String text) {
        assertThat(query.toSql().sql()).isEqualTo(text);
        return this;
    }

    /** What follows the columns, for queries that read whole rows. */
    Asked tail(String text) {
        String columns = query.state.model().visible().stream()
                .map(column ->
                        "\"%s\".\"%s\"".formatted(column.table(), column.name().replace("\"", "\"\"")))
                .collect(Collectors.joining(", "));
        assertThat(query.toSql().sql()).isEqualTo("SELECT " + columns + " FROM " + text);
        return this;
    }

    Asked binds(@Nullable Object... values) {
        assertThat(query.toSql().binds()).isEqualTo(Arrays.asList(values));
        return this;
    }

    /** Keys of the rows, in the order of the key unless the query has one. */
    Asked keys(Object... keys) {
        fixture.sent();
        assertThat(fixture.keys(query)).containsExactly(keys);
        assertThat(fixture.sent()).containsExactly(query.toSql().sql());
        return this;
    }

    /** The values of the rows in order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final Asked rows(List<? extends @Nullable Object>... rows) {
        fixture.sent();
        assertThat(Objects.requireNonNull(query.list().block(Fixture.PATIENCE)).stream()
                        .map(row -> new ArrayList<>(row.asMap().values()))
                        .toList())
                .isEqualTo(Arrays.asList(rows));
        assertThat(fixture.sent()).containsExactly(query.toSql().sql());
        return this;
    }
}
