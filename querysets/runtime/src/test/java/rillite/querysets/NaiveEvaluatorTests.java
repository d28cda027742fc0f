package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.core.testing.Draw;
import rillite.core.testing.Seeded;
import rillite.querysets.NaiveShop.Record;
import rillite.querysets.schema.Relation;

/**
 * Random schemas, rows and chains of verbs: what SQLite answers is what a search row by row finds. 10,000 chains in the
 * build, {@code -Drillite.runs=10} for 100,000; a failure prints the seed that replays it.
 */
final class NaiveEvaluatorTests {

    private static final int SHOPS = 100;
    private static final int CHAINS = 100;

    @TempDir
    Path directory;

    @Test
    void chains_answerAsANaiveSearchDoes() {
        Seeded.property("chains answer as a naive search").runs(SHOPS).size(8).check(draw -> {
            NaiveShop shop = draw.note("shop", NaiveShop.draw(draw));
            try (Fixture fixture = Fixture.ofScript(Access.BARE, directory, shop.script())) {
                shop.discovered(fixture.db.schema());
                for (int i = 0; i < CHAINS; i++) {
                    new Chain(fixture, shop, draw).check();
                }
                assertThat(fixture.open).hasValue(0);
            }
        });
    }

    /** One chain of verbs, applied to a query and to a list of rows alike. */
    private static final class Chain {
        private final Fixture fixture;
        private final NaiveShop shop;
        private final Draw draw;
        private final String table;
        private final StringBuilder told;
        private QuerySet<Row> query;
        private List<Record> rows;

        Chain(Fixture fixture, NaiveShop shop, Draw draw) {
            this.fixture = fixture;
            this.shop = shop;
            this.draw = draw;
            table = draw.pick(shop.names());
            told = new StringBuilder(table);
            query = fixture.db.objects(table);
            rows = shop.rows(table);
        }

        void check() {
            int filters = draw.below(3);
            for (int i = 0; i < filters; i++) {
                filter();
            }
            Annotated annotated = draw.oneIn(3) ? annotate() : null;
            if (annotated != null && draw.oneIn(2)) {
                filterBy(annotated);
            }
            order();
            if (draw.oneIn(3)) {
                slice();
            }
            compare();
            if (annotated != null) {
                compare(annotated);
            }
        }

        private void filter() {
            NaiveCondition condition = new NaiveConditions(shop, draw).draw(table, 3);
            boolean keep = draw.oneIn(2);
            told.append(keep ? " filter " : " exclude ").append(condition);
            query = keep ? query.filter(condition.q()) : query.exclude(condition.q());
            rows = rows.stream()
                    .filter(row -> keep == Boolean.TRUE.equals(condition.holds(shop, row, row)))
                    .toList();
        }

        private record Annotated(Map<Long, @Nullable Object> byId) {}

        /** The number of related rows, or the sum of one of their columns. */
        private @Nullable Annotated annotate() {
            List<Relation> many = shop.relations(table).stream()
                    .filter(relation -> relation.kind().isMany())
                    .toList();
            if (many.isEmpty()) {
                return null;
            }
            Relation relation = draw.pick(many);
            boolean sum = draw.oneIn(2);
            told.append(" annotate ").append(sum ? "sum " : "count ").append(relation.name());
            query = query.annotate("x", sum ? Agg.sum(relation.name() + "__n") : Agg.count(relation.name()));
            Map<Long, @Nullable Object> values = new LinkedHashMap<>();
            for (Record row : shop.rows(table)) {
                List<Record> related = shop.related(row, relation);
                values.put(row.id(), sum ? sum(related) : (Object) (long) related.size());
            }
            return new Annotated(values);
        }

        private static @Nullable Object sum(List<Record> rows) {
            List<Long> numbers = rows.stream()
                    .map(row -> (Long) row.get("n"))
                    .filter(Objects::nonNull)
                    .toList();
            return numbers.isEmpty()
                    ? null
                    : (Object) numbers.stream().mapToLong(Long::longValue).sum();
        }

        private void filterBy(Annotated annotated) {
            long bound = draw.between(-1, 3);
            String lookup = draw.pick("gt", "lte", "exact");
            boolean keep = draw.oneIn(2);
            told.append(keep ? " filter x " : " exclude x ")
                    .append(lookup)
                    .append(' ')
                    .append(bound);
            String key = "x__" + lookup;
            query = keep ? query.filter(key, bound) : query.exclude(key, bound);
            rows = rows.stream()
                    .filter(row -> keep
                            == Boolean.TRUE.equals(NaiveLookups.holds(lookup, annotated.byId.get(row.id()), bound)))
                    .toList();
        }

        private void order() {
            List<String> keys = new ArrayList<>();
            Comparator<Record> order = (a, b) -> 0;
            int terms = draw.below(3);
            for (int i = 0; i < terms; i++) {
                List<Relation> toOne = shop.relations(table).stream()
                        .filter(relation -> !relation.kind().isMany())
                        .toList();
                Relation relation = toOne.isEmpty() || draw.oneIn(2) ? null : draw.pick(toOne);
                String column = draw.pick("n", "m", "t");
                boolean descending = draw.oneIn(2);
                keys.add((descending ? "-" : "") + (relation == null ? "" : relation.name() + "__") + column);
                Comparator<Record> term = Comparator.comparing(
                        row -> value(row, relation, column), Comparator.nullsFirst(NaiveLookups::compare));
                order = order.thenComparing(descending ? term.reversed() : term);
            }
            keys.add("id");
            order = order.thenComparing(Record::id);
            told.append(" order ").append(keys);
            query = query.orderBy(keys.toArray(String[]::new));
            List<Record> sorted = new ArrayList<>(rows);
            sorted.sort(order);
            if (draw.oneIn(4)) {
                told.append(" reverse");
                query = query.reverse();
                Collections.reverse(sorted);
            }
            rows = sorted;
        }

        private @Nullable Object value(Record row, @Nullable Relation relation, String column) {
            if (relation == null) {
                return row.get(column);
            }
            List<Record> related = shop.related(row, relation);
            return related.isEmpty() ? null : related.get(0).get(column);
        }

        private void slice() {
            int from = draw.below(4);
            int size = draw.below(4);
            told.append(" slice ").append(from).append('+').append(size);
            query = query.slice(from, from + size);
            int start = Math.min(from, rows.size());
            rows = rows.subList(start, Math.min(start + size, rows.size()));
        }

        private void compare() {
            List<Object> ids = rows.stream().<Object>map(Record::id).toList();
            assertThat(fixture.keys(query)).as("%s", told).isEqualTo(ids);
            switch (draw.below(5)) {
                case 0 ->
                    assertThat(query.count().block(Fixture.PATIENCE))
                            .as("count %s", told)
                            .isEqualTo(ids.size());
                case 1 ->
                    assertThat(query.exists().block(Fixture.PATIENCE))
                            .as("exists %s", told)
                            .isEqualTo(!ids.isEmpty());
                case 2 -> {
                    Row first = query.first().block(Fixture.PATIENCE);
                    assertThat(first == null ? null : first.pk())
                            .as("first %s", told)
                            .isEqualTo(ids.isEmpty() ? null : ids.get(0));
                }
                case 3 -> members(ids);
                default -> {}
            }
        }

        /** The query as a sub-select of another one. */
        private void members(List<Object> ids) {
            List<Object> found = fixture.keys(fixture.db.objects(table).filter("id__in", query.values("id")));
            assertThat(new TreeSet<>(found)).as("in %s", told).isEqualTo(new TreeSet<>(ids));
        }

        private void compare(Annotated annotated) {
            List<@Nullable Object> wanted = new ArrayList<>();
            rows.forEach(row -> wanted.add(annotated.byId.get(row.id())));
            List<@Nullable Object> found = new ArrayList<>();
            Objects.requireNonNull(query.values("x").list().block(Fixture.PATIENCE))
                    .forEach(row -> found.add(row.get("x")));
            assertThat(found).as("values %s", told).isEqualTo(wanted);
        }
    }
}
