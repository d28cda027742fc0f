package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.NOTE;
import static rillite.querysets.ast.Shelf.TO_AUTHOR;
import static rillite.querysets.ast.Shelf.TO_REVIEWS;
import static rillite.querysets.ast.Shelf.at;
import static rillite.querysets.ast.Shelf.bind;
import static rillite.querysets.ast.Shelf.equal;
import static rillite.querysets.ast.Shelf.from;
import static rillite.querysets.ast.Shelf.hop;
import static rillite.querysets.ast.Shelf.outside;
import static rillite.querysets.ast.Shelf.path;
import static rillite.querysets.ast.Shelf.via;

import java.util.List;
import org.junit.jupiter.api.Test;
import rillite.querysets.ast.Expression.Aggregate;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Scalar;
import rillite.querysets.ast.Expression.Window;

/** Questions about a tree answer for its own SELECT, not for those within. */
final class TraitsTests {

    private static Condition exists(Condition where) {
        return new Condition.Exists(from(AUTHOR, new Expression.Number(1)).withWhere(where));
    }

    @Test
    void aggregates_countOnlyWhereTheyGroup() {
        Window window = new Window(Aggregate.rows(), List.of(), List.of(), null);
        assertThat(Traits.hasAggregate(new Call(Function.ABS, Aggregate.rows())))
                .isTrue();
        assertThat(Traits.hasAggregate(window)).isFalse();
        assertThat(Traits.hasWindow(new Call(Function.ABS, window))).isTrue();
        assertThat(Traits.hasAggregate(new Scalar(from(AUTHOR, Aggregate.rows()), false)))
                .isFalse();
        assertThat(Traits.hasAggregate(equal(Aggregate.rows(), 1L))).isTrue();
        assertThat(Traits.hasWindow(equal(window, 1L))).isTrue();
    }

    @Test
    void joins_areFoundFromWithinToo() {
        assertThat(Traits.usesJoins(equal(via("name", TO_AUTHOR), "Ann"))).isTrue();
        assertThat(Traits.usesJoins(equal(at(BOOK, "id"), 1L))).isFalse();
        assertThat(Traits.usesJoins(exists(equal(outside(1, AUTHOR, "name", TO_AUTHOR), "Ann"))))
                .isTrue();
        assertThat(Traits.usesJoins(exists(equal(via("name", Shelf.TO_MENTOR), "Ann"))))
                .isFalse();
        Hop toNote = hop(BOOK, "title", NOTE, "title", true, false);
        assertThat(Traits.usesJoins(new Condition.Match(path(toNote), NOTE, null, bind("x"))))
                .isTrue();
        assertThat(Traits.usesJoins(new Condition.Match(Path.ROOT, NOTE, null, bind("x"))))
                .isFalse();
    }

    @Test
    void ways_toSeveralRows_areFound() {
        assertThat(Traits.crossesMany(via("stars", TO_REVIEWS))).isTrue();
        assertThat(Traits.crossesMany(via("name", TO_AUTHOR))).isFalse();
        assertThat(Traits.isRootColumn(at(BOOK, "id"))).isTrue();
        assertThat(Traits.isRootColumn(via("name", TO_AUTHOR))).isFalse();
        assertThat(Traits.canBeNull(at(BOOK, "publisher_id"))).isTrue();
        assertThat(Traits.canBeNull(at(BOOK, "id"))).isFalse();
    }
}
