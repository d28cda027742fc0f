package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

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

    Asked binds(Object... values) {
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
}
