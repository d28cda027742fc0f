package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Asserts the statements of a publisher one after the other, their binds, and what it gave. */
final class Ran {

    private final Fixture fixture;
    private final List<Wire.Sent> statements;
    private final List<Object> found = new ArrayList<>();
    private int asserted;

    private Ran(Fixture fixture, Publisher<?> publisher) {
        this.fixture = fixture;
        fixture.wired();
        Objects.requireNonNull(Flux.<Object>from(publisher).collectList().block(Fixture.PATIENCE))
                .forEach(value -> found.add(value instanceof Integer number ? (Object) number.longValue() : value));
        statements = fixture.wired();
    }

    static Ran of(Fixture fixture, Publisher<?> publisher) {
        return new Ran(fixture, publisher);
    }

    /** The next statement, which was executed once. */
    Ran statement(String sql, @Nullable Object... binds) {
        return statementForEach(sql, Arrays.asList(binds));
    }

    /** The next statement, which was executed once for each of these sets of values. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final Ran statementForEach(String sql, List<? extends @Nullable Object>... sets) {
        assertThat(statements).hasSizeGreaterThan(asserted);
        Wire.Sent sent = statements.get(asserted++);
        assertThat(sent.sql()).isEqualTo(sql);
        assertThat(sent.sets()).isEqualTo(Arrays.asList(sets));
        return this;
    }

    /** No further statement, and these values. */
    void gives(Object... values) {
        assertThat(statements.subList(asserted, statements.size()))
                .extracting(Wire.Sent::sql)
                .isEmpty();
        assertThat(found).containsExactly(values);
        assertThat(fixture.open).hasValue(0);
    }
}
