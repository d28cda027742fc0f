package rillite.querysets.insights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class DurationsTests {

    private static final long MICRO = 1_000;
    private static final Percentage BUCKET = Percentage.withPercentage(6.25);

    @Test
    void percentiles_ofRandomTimes_areWithinABucket() {
        Random random = new Random(7);
        for (int run = 0; run < 20; run++) {
            Durations durations = new Durations();
            List<Long> exact = new ArrayList<>();
            int size = 1 + random.nextInt(5_000);
            for (int i = 0; i < size; i++) {
                long nanos = (long) (16 * MICRO * Math.pow(10, 7 * random.nextDouble()));
                durations.add(nanos, 1);
                exact.add(nanos);
            }
            Collections.sort(exact);

            Durations.Counted counted = durations.counted();
            for (double part : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
                long wanted = exact.get((int) Math.ceil(part * size) - 1);
                assertThat(counted.percentile(part)).as("%s of %s", part, size).isCloseTo(wanted, BUCKET);
            }
            assertThat(counted.count()).isEqualTo(size);
            assertThat(counted.total())
                    .isEqualTo(exact.stream().mapToLong(Long::longValue).sum());
            assertThat(counted.most()).isEqualTo(exact.get(size - 1));
        }
    }

    @Test
    void percentile_belowSixteenMicroseconds_isWithinOne() {
        for (long nanos = 0; nanos < 16 * MICRO; nanos += 97) {
            Durations durations = new Durations();
            durations.add(nanos, 1);
            durations.add(1_000_000, 1);

            assertThat(Math.abs(durations.counted().percentile(0.5) - nanos)).isLessThan(1_024);
        }
    }

    @Test
    void times_outOfAllBuckets_areCounted() {
        Durations durations = new Durations();
        durations.add(-5, 1);
        durations.add(Long.MAX_VALUE, 1);

        Durations.Counted counted = durations.counted();
        assertThat(counted.count()).isEqualTo(2);
        assertThat(counted.percentile(0.5)).isLessThan(1_024);
        assertThat(counted.most()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void percentile_ofNothing_isZero() {
        assertThat(new Durations().counted().percentile(0.5)).isZero();
    }
}
