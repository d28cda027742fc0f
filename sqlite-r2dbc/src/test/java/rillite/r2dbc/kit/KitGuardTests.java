package rillite.r2dbc.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class KitGuardTests {
    @Test
    void kit_onTheClassPath_hasThirtyFourTests() {
        assertThat(KitGuard.kitTests()).hasSize(KitGuard.KIT_SIZE);
    }

    @Test
    void check_everyTestRun_passes() {
        assertThatCode(() -> KitGuard.check(SqliteTestKitDollarTests.class, KitGuard.kitTests()))
                .doesNotThrowAnyException();
        assertThatCode(() -> KitGuard.check(SqliteTestKitDollarPoolTests.class, KitGuard.kitTests()))
                .doesNotThrowAnyException();
    }

    @Test
    void check_oneTestNotRun_namesIt() {
        Set<String> executed = KitGuard.kitTests();
        executed.remove("bindFails");

        assertThatThrownBy(() -> KitGuard.check(SqliteTestKitDollarTests.class, executed))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("33 of 34")
                .hasMessageContaining("bindFails");
    }

    @Test
    void check_replacedTest_namesIt() {
        assertThatThrownBy(() -> KitGuard.check(Emptied.class, KitGuard.kitTests()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bindFails");
    }

    private abstract static class Emptied extends SqliteTestKit {
        Emptied() {
            super(BindStyle.DOLLAR, "");
        }

        @Override
        public void bindFails() {}
    }
}
