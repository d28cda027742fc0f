package rillite.cli.data;

/** A value, or a row, that cannot be stored: the row is left out and the message is told as the reason. */
final class BadValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadValueException(String reason) {
        // thrown for every bad row of a file: where in the program does not matter
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
