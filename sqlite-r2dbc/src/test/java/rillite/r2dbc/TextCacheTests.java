package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TextCacheTests {
    private final AtomicInteger computed = new AtomicInteger();
    private final TextCache<String> cache = new TextCache<>(4, 10, 24, text -> {
        computed.incrementAndGet();
        return "<" + text + ">";
    });

    @Test
    void get_equalText_computesOnce() {
        assertThat(cache.get("a")).isSameAs(cache.get(new StringBuilder("a").toString()));
        assertThat(computed).hasValue(1);
    }

    @Test
    void get_beyondTheCount_dropsTheOldestUnused() {
        for (String text : List.of("a", "b", "c", "d", "a", "e")) {
            cache.get(text);
        }
        assertThat(cache.size()).isEqualTo(4);
        computed.set(0);
        cache.get("a");
        assertThat(computed).hasValue(0);
        cache.get("b");
        assertThat(computed).hasValue(1);
    }

    @Test
    void get_beyondTheCharacters_dropsUntilItFits() {
        cache.get("aaaaaaaaaa");
        cache.get("bbbbbbbbbb");
        cache.get("cccccccccc");
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void get_longText_isNotKept() {
        assertThat(cache.get("elevenchars")).isEqualTo("<elevenchars>");
        assertThat(cache.size()).isZero();
    }

    @Test
    void get_everythingUsed_stillStaysBounded() {
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 7; i++) {
                cache.get("t" + (i + round) % 9);
                cache.get("t" + i);
            }
            assertThat(cache.size()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void get_failure_isNotKept() {
        TextCache<String> failing = new TextCache<>(4, 10, 24, text -> {
            throw new IllegalArgumentException(text);
        });
        assertThatThrownBy(() -> failing.get("x")).hasMessage("x");
        assertThat(failing.size()).isZero();
    }

    @Test
    void get_fromManyThreads_givesEachItsOwnText() throws Exception {
        TextCache<String> shared = new TextCache<>(64, 100, 10_000, text -> "<" + text + ">");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int task = 0; task < 8; task++) {
                int seed = task;
                tasks.add(() -> {
                    boolean right = true;
                    for (int i = 0; i < 20_000; i++) {
                        String text = "text " + (i * 31 + seed * 7) % 200;
                        right &= shared.get(text).equals("<" + text + ">");
                    }
                    return right;
                });
            }
            for (Future<Boolean> result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(shared.size()).isLessThanOrEqualTo(64);
    }

    @Test
    void of_equalText_isParsedOnce() {
        String sql = "SELECT ?, 'cached'";
        assertThat(ParsedSql.of(sql)).isSameAs(ParsedSql.of(new StringBuilder(sql).toString()));
        String long64 = "SELECT '" + "x".repeat(64 * 1024) + "'";
        assertThat(ParsedSql.of(long64)).isNotSameAs(ParsedSql.of(long64));
    }
}
