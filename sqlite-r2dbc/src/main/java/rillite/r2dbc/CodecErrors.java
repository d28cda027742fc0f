package rillite.r2dbc;

/** The texts of all codec errors. None of them contains a value. */
final class CodecErrors {
    /** SQLState: numeric value out of range. */
    static final String RANGE = "22003";
    /** SQLState: invalid datetime format. */
    static final String DATETIME = "22007";
    /** SQLState: the value has no form in the wanted type. */
    static final String CAST = "22018";

    private static final int TOO_BIG = 18;
    private static final String BINDABLE = "Boolean, Byte, Short, Integer, Long, BigInteger, BigDecimal, Float, Double,"
            + " Character, String, CharSequence, enums, byte[], ByteBuffer, Blob, Clob, LocalDate, LocalTime,"
            + " LocalDateTime, OffsetTime, OffsetDateTime, ZonedDateTime, Instant, UUID";
    private static final String READABLE = "Object, Boolean, Byte, Short, Integer, Long, BigInteger, BigDecimal, Float,"
            + " Double, Character, String, CharSequence, enums, byte[], ByteBuffer, Blob, Clob, LocalDate, LocalTime,"
            + " LocalDateTime, OffsetTime, OffsetDateTime, ZonedDateTime, Instant, UUID";

    private CodecErrors() {}

    static IllegalArgumentException unsupportedBind(Class<?> type) {
        return new IllegalArgumentException("Cannot bind a value of class " + type.getTypeName() + "." + array(type)
                + " Supported: " + BINDABLE + ".");
    }

    static IllegalArgumentException unsupportedRead(Columns columns, int column, Class<?> type) {
        return new IllegalArgumentException("Cannot read " + place(columns, column) + " as " + type.getTypeName()
                + ": no conversion to that class." + array(type) + " Supported: " + READABLE + ".");
    }

    static IllegalArgumentException outParameter() {
        return new IllegalArgumentException(
                "Cannot bind an Out or InOut parameter: SQLite has no procedures. Use Parameters.in(..).");
    }

    static IllegalArgumentException nullBind() {
        return new IllegalArgumentException("value must not be null; use bindNull(..) or Parameters.in(type)");
    }

    static IllegalArgumentException notAggregated(Class<?> type) {
        return new IllegalArgumentException(
                "Cannot encode a " + type.getTypeName() + " before its content has been collected.");
    }

    static IllegalArgumentException loneSurrogate(int index) {
        return new IllegalArgumentException("Cannot bind text with a lone surrogate at index " + index
                + ": it has no UTF-8 form and SQLite would store a question mark. Repair the text first.");
    }

    static IllegalArgumentException notANumber(Class<?> type) {
        return new IllegalArgumentException("Cannot bind " + type.getSimpleName()
                + " NaN: SQLite would store NULL. Use bindNull(..) if that is meant.");
    }

    static IllegalArgumentException tooManyDigits(Class<?> type, int limit) {
        return new IllegalArgumentException("Cannot bind " + article(type) + " that needs more than " + limit
                + " characters of plain text. Bind its text in a form of your own.");
    }

    static IllegalArgumentException tooFine(Class<?> type, String unit, String constant) {
        return new IllegalArgumentException("Cannot bind " + article(type) + " finer than 1 " + unit
                + ": the rest would be lost. Use truncatedTo(ChronoUnit." + constant + ") first.");
    }

    static IllegalArgumentException yearOutOfRange(Class<?> type) {
        return new IllegalArgumentException("Cannot bind " + article(type)
                + " outside the years 0000 to 9999: such text does not sort by time and SQLite cannot read it.");
    }

    static IllegalArgumentException epochOutOfRange(Class<?> type) {
        return new IllegalArgumentException(
                "Cannot bind " + article(type) + " whose epoch value does not fit 64 bits.");
    }

    static SqliteNonTransientException tooBig(String what, long limit, String unit) {
        return problem("Cannot bind a " + what + " of more than " + limit + " " + unit + ".", "54000", TOO_BIG);
    }

    /** A cell that cannot become what was asked for; the reason says why and what to ask for instead. */
    static SqliteNonTransientException unreadable(Cell cell, String sqlState, String reason) {
        return problem(
                "Cannot read " + place(cell.chunk().columns(), cell.column()) + " as "
                        + cell.target().getSimpleName() + ": storage class " + cell.storage() + ", " + reason + ".",
                sqlState,
                0);
    }

    private static SqliteNonTransientException problem(String message, String sqlState, int code) {
        return new SqliteNonTransientException(
                new Problem(message, sqlState, code, null, null, null, ConstraintDetail.NONE, CommitContext.UNKNOWN));
    }

    static SqliteNonTransientException mismatch(Cell cell) {
        String readable = switch (cell.storage()) {
            case INTEGER -> "numbers, Boolean and String, and date and time classes by temporalStorage";
            case REAL -> "numbers and String";
            case TEXT -> "String, Clob and what the text spells";
            case BLOB -> "byte[], ByteBuffer, Blob and UUID";
            case NULL -> "null";
        };
        return unreadable(cell, CAST, "which is readable as " + readable);
    }

    static SqliteNonTransientException outside(Cell cell, long min, long max) {
        return unreadable(cell, RANGE, "the value is outside " + min + " to " + max + "; ask for a wider class");
    }

    static SqliteNonTransientException inexact(Cell cell, String wider) {
        return unreadable(cell, RANGE, "the value would not be kept exactly; ask for " + wider);
    }

    private static String article(Class<?> type) {
        String name = type.getSimpleName();
        return ("AEIOU".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }

    private static String array(Class<?> type) {
        return type.isArray() ? " SQLite has no arrays." : "";
    }

    private static String place(Columns columns, int column) {
        String table = columns.table(column);
        return "column \"" + columns.name(column) + "\" (index " + column + (table == null ? "" : ", table " + table)
                + ")";
    }
}
