package rillite.examples.quickstart;

/** A wrong call, or an input that cannot be opened: one sentence for the user, exit code 2. */
final class Refusal extends RuntimeException {

    Refusal(String sentence) {
        super(sentence);
    }

    Refusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
