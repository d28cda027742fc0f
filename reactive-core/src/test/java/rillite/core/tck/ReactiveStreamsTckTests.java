package rillite.core.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Runs the verifications, which are TestNG, and fails below a fixed number of executed tests. */
@Timeout(120)
final class ReactiveStreamsTckTests {
    private static final int FLOOR = 72;

    @Test
    void publishers_obeyTheRules() {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG testng = new TestNG();
        testng.setUseDefaultListeners(false);
        testng.setVerbose(0);
        testng.setTestClasses(new Class<?>[] {
            CursorFluxVerification.class,
            SharedCursorFluxVerification.class,
            WriteMonoVerification.class,
            BeginMonoVerification.class
        });
        testng.addListener(results);
        testng.run();
        assertThat(results.getConfigurationFailures()).isEmpty();
        assertThat(results.getFailedTests().stream().map(ReactiveStreamsTckTests::describe))
                .isEmpty();
        assertThat(results.getPassedTests().size()).as("executed tests").isGreaterThanOrEqualTo(FLOOR);
    }

    private static List<Object> describe(ITestResult result) {
        return List.of(
                result.getInstanceName(),
                result.getName(),
                result.getThrowable() == null ? "" : result.getThrowable().toString());
    }
}
