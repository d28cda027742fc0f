package rillite.r2dbc.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import rillite.r2dbc.testing.LeakFree;

/** Runs the verifications through TestNG and counts: a verification that ran too few of its tests is a failure. */
@ExtendWith(LeakFree.class)
public final class ReactiveStreamsIT {
    static final long TIMEOUT_MILLIS = 1_000;
    static final long SILENCE_MILLIS = 50;
    /** How long the collector may take to let a cancelled subscriber go. */
    static final long COLLECTED_MILLIS = 5_000;

    private static @Nullable Sessions sessions;

    static Connection session() {
        Sessions open = sessions;
        if (open == null) {
            throw new IllegalStateException("run " + ReactiveStreamsIT.class.getSimpleName() + " instead");
        }
        return open.next();
    }

    @ParameterizedTest
    @CsvSource({"rillite.r2dbc.tck.RowsVerification, 29", "rillite.r2dbc.tck.ResultsVerification, 25"})
    void verification_runsAndPasses(Class<?> verification, int least, @TempDir Path directory) {
        TestListenerAdapter outcome = new TestListenerAdapter();
        try (Sessions opened = new Sessions(directory)) {
            sessions = opened;
            TestNG testng = new TestNG(false);
            testng.setVerbose(0);
            testng.setOutputDirectory(directory.resolve("testng").toString());
            testng.setTestClasses(new Class<?>[] {verification});
            testng.addListener(outcome);
            testng.run();
        } finally {
            sessions = null;
        }

        assertThat(outcome.getFailedTests())
                .as("failed: %s", describe(outcome.getFailedTests()))
                .isEmpty();
        assertThat(outcome.getConfigurationFailures()).isEmpty();
        assertThat(outcome.getPassedTests())
                .as("passed of %s, skipped: %s", verification.getSimpleName(), describe(outcome.getSkippedTests()))
                .hasSizeGreaterThanOrEqualTo(least);
    }

    private static List<String> describe(List<ITestResult> results) {
        return results.stream()
                .map(result -> result.getName() + ": " + result.getThrowable())
                .toList();
    }
}
