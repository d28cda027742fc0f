package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rillite.core.SnapshotTooOldException.Reason;

/** Each error says what failed, which bound was met with which value, and what to do. */
final class LaneErrorTests {

    @Test
    void family_isSealed() {
        assertThat(LaneException.class.isSealed()).isTrue();
        assertThat(Arrays.stream(LaneException.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .containsExactlyInAnyOrder(
                        "LaneFullException",
                        "LaneTimeoutException",
                        "LaneClosedException",
                        "LaneIdleException",
                        "TransactionLostException",
                        "SnapshotTooOldException",
                        "OutcomeUnknownException");
    }

    @Test
    void full_namesTheBound() {
        LaneFullException error = new LaneFullException("app", "writerQueueLimit", 8, 9, "; more");
        assertThat(error)
                .hasMessage("app: writerQueueLimit is full (limit 8, now 9; more). Nothing was done. Slow the producer"
                        + " down (flatMap with a concurrency, limitRate), or raise writerQueueLimit.");
        assertThat(error.bound()).isEqualTo("writerQueueLimit");
        assertThat(error.limit()).isEqualTo(8);
        assertThat(error.value()).isEqualTo(9);
    }

    @Test
    void timeout_namesTheDeadline() {
        LaneTimeoutException error = new LaneTimeoutException(
                "app", LaneTimeoutException.Kind.LOCK_WAIT, Duration.ofMillis(250), " in the queue.", null);
        assertThat(error).hasMessage("app: lockWaitTimeout of 250 ms passed in the queue.");
        assertThat(error.kind()).isEqualTo(LaneTimeoutException.Kind.LOCK_WAIT);
        assertThat(error.bound()).isEqualTo(Duration.ofMillis(250));
        for (LaneTimeoutException.Kind kind : LaneTimeoutException.Kind.values()) {
            String name = kind == LaneTimeoutException.Kind.LOCK_WAIT ? "lockWaitTimeout" : "statementTimeout";
            assertThat(new LaneTimeoutException("app", kind, Duration.ofSeconds(1), ".", null))
                    .hasMessage("app: " + name + " of 1000 ms passed.");
        }
    }

    @Test
    void closed_saysWhetherItRan() {
        assertThat(new LaneClosedException("app", "session app#1"))
                .hasMessage("app: session app#1 is closed; the command was not run. Open it again to go on.");
        IllegalStateException cause = new IllegalStateException();
        assertThat(new LaneClosedException("app", "the engine", cause))
                .hasMessage("app: the engine was closed while the command ran; it was stopped and nothing of it is"
                        + " applied.")
                .hasCause(cause);
    }

    @Test
    void idle_namesTransactionBoundAndAge() {
        LaneIdleException error =
                new LaneIdleException("app", "import", Duration.ofSeconds(30), Duration.ofSeconds(45));
        assertThat(error)
                .hasMessage("app: transaction import sent no command for transactionIdleTimeout (30000 ms, age 45000"
                        + " ms) and was rolled back. Do remote work before the transaction, or raise the bound; then"
                        + " run the whole transaction again.");
        assertThat(error.bound()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void lost_namesTheTransaction() {
        TransactionLostException error = new TransactionLostException("app", "import", null);
        assertThat(error)
                .hasMessage("app: transaction import was rolled back when one of its statements failed; this command"
                        + " was not run. Roll back, then run the whole transaction again.");
        assertThat(error.transaction()).isEqualTo("import");
    }

    @Test
    void unknown_saysToReadBack() {
        OutcomeUnknownException error =
                new OutcomeUnknownException("app", "a commit of 3 writes", 3, new IllegalStateException());
        assertThat(error)
                .hasMessage("app: the outcome of a commit of 3 writes is unknown (3 acknowledged nothing). Read back"
                        + " what is stored before you try again.");
        assertThat(error.members()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void tooOld_namesReasonAndBound(Reason reason) {
        SnapshotTooOldException error = new SnapshotTooOldException("app", reason, 77, 88);
        assertThat(error.reason()).isEqualTo(reason);
        assertThat(error.bound()).isEqualTo(77);
        assertThat(error).hasMessageStartingWith("app: the cursor was ended because ");
        if (reason == Reason.INTERRUPT) {
            assertThat(error).hasMessageContaining("Read it again");
        } else {
            assertThat(error).hasMessageContaining("(bound 77)").hasMessageContaining("maxMaterializeBytes (88)");
        }
    }

    @Test
    void options_outOfRange_nameTheOption() {
        List<Runnable> wrong = List.of(
                () -> LaneOptions.builder().readerThreads(0).build(),
                () -> LaneOptions.builder().maxReaderConnections(0).build(),
                () -> LaneOptions.builder().readerQueueLimit(0).build(),
                () -> LaneOptions.builder().writerQueueLimit(-1).build(),
                () -> LaneOptions.builder().writerQueueBytes(0).build(),
                () -> LaneOptions.builder().groupLimit(0).build(),
                () -> LaneOptions.builder().maxMaterializeBytes(0).build(),
                () -> LaneOptions.builder().chunkRows(0).build(),
                () -> LaneOptions.builder().chunkBytes(0).build());
        wrong.forEach(build -> assertThatThrownBy(build::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be at least"));
        assertThatThrownBy(() -> LaneOptions.builder()
                        .readerThreads(9)
                        .maxReaderConnections(8)
                        .build())
                .hasMessage("maxReaderConnections must be at least readerThreads (9), was 8");
        assertThatThrownBy(() -> LaneOptions.builder()
                        .writerQueueLimit(Integer.MAX_VALUE)
                        .build())
                .hasMessageContaining("writerQueueLimit must be at most");
    }
}
