package rillite.cli.data;

/** Something to do when the program is ended from outside while it works, as by Ctrl-C. */
final class Interruption implements AutoCloseable {

    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /** From now on until it is closed; the work runs on a thread of its own, while others still run. */
    static Interruption then(Runnable work) {
        Thread hook = new Thread(work, "rillite-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    /** Does the first, and the second if the program is ended meanwhile. */
    static void during(Runnable work, Runnable ended) {
        Interruption interruption = then(ended);
        try {
            work.run();
        } finally {
            interruption.close();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // then it runs, or has run
        }
    }
}
