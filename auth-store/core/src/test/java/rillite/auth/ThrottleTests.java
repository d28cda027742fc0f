package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import rillite.auth.Throttle.Decision;
import rillite.auth.Throttle.Limit;
import rillite.core.testing.Await;
import rillite.core.testing.MovingClock;

final class ThrottleTests extends StoreTests {

    private static final Limit TWO = new Limit(2, Duration.ofMinutes(1), Duration.ofMinutes(5));

    @Test
    void hit_oneTooMany_locks() {
        assertThat(get(auth.throttle().hit("k", TWO))).isEqualTo(new Decision(true, 1, MovingClock.START));
        assertThat(get(auth.throttle().hit("k", TWO)).allowed()).isTrue();
        assertThat(find(auth.throttle().lockedUntil("k"))).isNull();
        assertThat(get(auth.throttle().hit("k", TWO)))
                .isEqualTo(new Decision(false, 3, MovingClock.START.plus(Duration.ofMinutes(5))));
        assertThat(get(auth.throttle().lockedUntil("k"))).isEqualTo(MovingClock.START.plus(Duration.ofMinutes(5)));
        assertThat(get(auth.throttle().hit("other", TWO)).allowed()).isTrue();
    }

    @Test
    void hit_inANewWindow_isStillLocked() {
        for (int i = 0; i < 3; i++) {
            get(auth.throttle().hit("k", TWO));
        }
        store.clock.move(Duration.ofMinutes(1));
        assertThat(get(auth.throttle().hit("k", TWO)).allowed()).isFalse();
        store.clock.move(Duration.ofMinutes(4).minusMillis(1));
        assertThat(get(auth.throttle().lockedUntil("k"))).isAfter(store.clock.instant());
        store.clock.move(Duration.ofMillis(1));
        assertThat(find(auth.throttle().lockedUntil("k"))).isNull();
        assertThat(get(auth.throttle().hit("k", TWO)).allowed()).isTrue();
    }

    @Test
    void hit_exactlyAtTheEndOfTheWindow_beginsANewOne() {
        get(auth.throttle().hit("k", TWO));
        get(auth.throttle().hit("k", TWO));
        store.clock.move(Duration.ofMinutes(1));

        assertThat(get(auth.throttle().hit("k", TWO)).hits()).isEqualTo(1);
    }

    @Test
    void hit_justBeforeTheEndOfTheWindow_counts() {
        get(auth.throttle().hit("k", TWO));
        get(auth.throttle().hit("k", TWO));
        store.clock.move(Duration.ofMinutes(1).minusMillis(1));

        assertThat(get(auth.throttle().hit("k", TWO)).allowed()).isFalse();
    }

    @Test
    void reset_forgetsHitsAndLock() {
        for (int i = 0; i < 3; i++) {
            get(auth.throttle().hit("k", TWO));
        }
        run(auth.throttle().reset("k"));

        assertThat(get(auth.throttle().hit("k", TWO)).hits()).isEqualTo(1);
    }

    @Test
    void hit_atOnce_exactlySoManyAreAllowed() throws Exception {
        Limit limit = new Limit(10, Duration.ofMinutes(1), Duration.ofMinutes(1));

        assertThat(Await.race(64, i -> get(auth.throttle().hit("k", limit)).allowed()))
                .filteredOn(allowed -> allowed)
                .hasSize(10);
        assertThat(store.count("SELECT hits FROM auth_throttle")).isEqualTo(64);
    }

    @Test
    void limit_outOfBounds_isRefused() {
        assertThatThrownBy(() -> new Limit(0, Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .isInstanceOf(InvalidAuthValueException.class);
        assertThatThrownBy(() -> new Limit(1, Duration.ofDays(2), Duration.ofMinutes(1)))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("PT48H");
        assertThatThrownBy(() -> auth.throttle().hit("", TWO)).isInstanceOf(InvalidAuthValueException.class);
    }
}
