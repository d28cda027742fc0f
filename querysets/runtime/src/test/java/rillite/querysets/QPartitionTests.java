package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Laws that hold for every condition, tried on random ones. Replay a failure with {@code -Drillite.seed=..}.
 */
final class QPartitionTests {

    private static final int TREES = 300;

    @TempDir
    Path directory;

    private Fixture shop;
    private Random random = new Random();

    @Test
    void filterAndExclude_partitionTheTable() {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        random = new Random(seed);
        shop = Fixture.bookshop(Access.BARE, directory);
        QuerySet<Row> books = shop.db.objects("book");
        Set<Object> all = keys(books);
        for (int i = 0; i < TREES; i++) {
            Q<Object> q = tree(4);
            Q<Object> other = tree(3);
            String about = "seed " + seed + ", tree " + i + ": " + q + " / " + other;
            Set<Object> in = keys(books.filter(q));
            Set<Object> out = keys(books.exclude(q));
            Set<Object> others = keys(books.filter(other));
            assertThat(keys(books.filter(q.not()))).as(about).isEqualTo(q.isEmpty() ? all : out);
            if (!q.isEmpty()) {
                assertThat(union(in, out)).as(about).isEqualTo(all);
                assertThat(common(in, out)).as(about).isEmpty();
            }
            assertThat(books.filter(q).count().block(Fixture.PATIENCE))
                    .as(about)
                    .isEqualTo(in.size());
            assertThat(books.filter(q).exists().block(Fixture.PATIENCE))
                    .as(about)
                    .isEqualTo(!in.isEmpty());
            if (!q.isEmpty() && !other.isEmpty()) {
                assertThat(keys(books.filter(q.or(other)))).as(about).isEqualTo(union(in, others));
                assertThat(keys(books.filter(q).filter(other))).as(about).isEqualTo(common(in, others));
                if (!mayShareARow(q, other)) {
                    assertThat(keys(books.filter(q.and(other)))).as(about).isEqualTo(common(in, others));
                }
                assertThat(keys(books.filter(q.xor(other)))).as(about).isEqualTo(odd(in, others));
            }
        }
    }

    /** What one call says of a to-many relation it says of one row: two such conditions then ask for less than each alone. */
    private static boolean mayShareARow(Q<Object> q, Q<Object> other) {
        return List.of("reviews__", "tags").stream()
                .anyMatch(relation ->
                        q.toString().contains(relation) && other.toString().contains(relation));
    }

    /** Conditions that can be true, false or NULL, and what they are in SQL. */
    private static final Map<Q<Object>, String> THREE_VALUED = Map.of(
            Q.of("weight__gt", 0.4), "b.weight > 0.4",
            Q.of("publisher_id", 1), "b.publisher_id = 1",
            Q.of("category_id__in", List.of(4, 5)), "b.category_id IN (4, 5)",
            Q.of("published__lt", LocalDate.of(2011, 1, 1)), "b.published < '2011-01-01'",
            Q.of("publisher__city", "Kiel"), "p.city = 'Kiel'",
            Q.of("publisher__city__contains", "a"), "instr(p.city, 'a') > 0",
            Q.of("pages__gt", F.of("category_id").times(80)), "b.pages > b.category_id * 80");

    @Test
    void filter_takesWhatIsTrue_excludeWhatIsFalseOrNull() {
        shop = Fixture.bookshop(Access.BARE, directory);
        QuerySet<Row> books = shop.db.objects("book");
        List<Map.Entry<Q<Object>, String>> conditions = List.copyOf(THREE_VALUED.entrySet());
        boolean someNull = false;
        for (Map.Entry<Q<Object>, String> one : conditions) {
            for (Map.Entry<Q<Object>, String> other : conditions) {
                check(books, one.getKey(), one.getValue());
                check(books, one.getKey().and(other.getKey()), one.getValue() + " AND " + other.getValue());
                check(books, one.getKey().or(other.getKey()), one.getValue() + " OR " + other.getValue());
                check(
                        books,
                        one.getKey().not().or(other.getKey()),
                        "((" + one.getValue() + ") IS NOT TRUE) OR " + other.getValue());
            }
            someNull |= !bySql(one.getValue() + " IS NULL").isEmpty();
        }
        assertThat(someNull).isTrue();
    }

    private void check(QuerySet<Row> books, Q<Object> q, String sql) {
        assertThat(keys(books.filter(q))).as(sql).isEqualTo(bySql("(" + sql + ") IS TRUE"));
        assertThat(keys(books.exclude(q)))
                .as("not " + sql)
                .isEqualTo(union(bySql("(" + sql + ") IS FALSE"), bySql("(" + sql + ") IS NULL")));
    }

    private Set<Object> bySql(String condition) {
        Set<Object> keys = new HashSet<>();
        shop.jdbc("SELECT b.id FROM book b LEFT JOIN publisher p ON p.id = b.publisher_id WHERE " + condition)
                .forEach(row -> keys.add(((Number) Objects.requireNonNull(row.get(0))).longValue()));
        return keys;
    }

    private Set<Object> keys(QuerySet<Row> query) {
        return new HashSet<>(shop.keys(query));
    }

    private static Set<Object> union(Set<Object> a, Set<Object> b) {
        Set<Object> union = new HashSet<>(a);
        union.addAll(b);
        return union;
    }

    private static Set<Object> common(Set<Object> a, Set<Object> b) {
        Set<Object> common = new HashSet<>(a);
        common.retainAll(b);
        return common;
    }

    private static Set<Object> odd(Set<Object> a, Set<Object> b) {
        Set<Object> odd = union(a, b);
        odd.removeAll(common(a, b));
        return odd;
    }

    private Q<Object> tree(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf();
        }
        Q<Object> a = tree(depth - 1);
        Q<Object> b = tree(depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> a.and(b);
            case 1 -> a.or(b);
            case 2 -> a.xor(b);
            default -> a.not();
        };
    }

    private Q<Object> leaf() {
        return switch (random.nextInt(18)) {
            case 0 -> Q.of("id__lte", random.nextInt(8));
            case 1 -> Q.of("publisher_id", random.nextInt(4));
            case 2 -> Q.of("publisher_id", null);
            case 3 -> Q.of("weight__gt", random.nextDouble());
            case 4 -> Q.of("category_id__in", Arrays.asList(random.nextInt(6), null, 4));
            case 5 -> Q.of("id__in", List.of());
            case 6 -> Q.of("title__icontains", random.nextBoolean() ? "LIGHT" : "É");
            case 7 -> Q.of("title__startswith", random.nextBoolean() ? "T" : "");
            case 8 -> Q.of("published__year__gte", 2000 + random.nextInt(25));
            case 9 -> Q.of("published__month", 1 + random.nextInt(12));
            case 10 -> Q.of("published__date", LocalDate.of(2020, 1, 1));
            case 11 -> Q.of("weight__isnull", random.nextBoolean(), "in_print", random.nextBoolean());
            case 12 -> Q.empty();
            case 13 ->
                Q.of("reviews__stars__gte", 1 + random.nextInt(5), "reviews__body__isnull", random.nextBoolean());
            case 14 -> Q.of("tags", random.nextBoolean() ? "sea" : "winter");
            case 15 -> Q.of("publisher__city", random.nextBoolean() ? null : "Kiel");
            case 16 -> Q.of("author__mentor__born__year__gt", 1960 + random.nextInt(20));
            default -> Q.of("pages__gt", F.of("category_id").times(80));
        };
    }
}
