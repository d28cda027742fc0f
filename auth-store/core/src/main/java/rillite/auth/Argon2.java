package rillite.auth;

/** What argon2id costs: memory in KiB, iterations, lanes. */
record Argon2(int memory, int iterations, int parallelism) {

    private static final int MOST_MEMORY = 1 << 18;
    private static final int MOST_ITERATIONS = 64;
    private static final int MOST_LANES = 16;

    Argon2 {
        if (!isPossible(memory, iterations, parallelism)) {
            throw new InvalidAuthValueException("argon2id with " + memory + " KiB, " + iterations + " iterations and "
                    + parallelism + " lanes is out of bounds: 8 KiB a lane to " + MOST_MEMORY + " KiB, 1 to "
                    + MOST_ITERATIONS + " iterations, 1 to " + MOST_LANES + " lanes.");
        }
    }

    /** Whether a hash with these would neither fail nor take the process down. */
    static boolean isPossible(int memory, int iterations, int parallelism) {
        return parallelism >= 1
                && parallelism <= MOST_LANES
                && memory >= 8 * parallelism
                && memory <= MOST_MEMORY
                && iterations >= 1
                && iterations <= MOST_ITERATIONS;
    }
}
