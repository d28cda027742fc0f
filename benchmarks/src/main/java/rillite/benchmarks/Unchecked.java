package rillite.benchmarks;

import java.util.concurrent.Callable;

/** Runs code with checked exceptions; they come out wrapped, with their cause. */
final class Unchecked {

    private Unchecked() {}

    static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    static void run(Work work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    interface Work {
        void run() throws Exception;
    }
}
