package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
                assertThat(keys(books.filter(q.and(other)))).as(about).isEqualTo(common(in, others));
                assertThat(keys(books.filter(q.xor(other)))).as(about).isEqualTo(odd(in, others));
            }
        }
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
        return switch (random.nextInt(14)) {
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
            default -> Q.of("pages__gt", F.of("category_id").times(80));
        };
    }
}
