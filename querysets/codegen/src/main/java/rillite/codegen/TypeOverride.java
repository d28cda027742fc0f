package rillite.codegen;

/**
 * Says as what some columns are read. Immutable.
 *
 * @param columns {@code table.column}, in which {@code *} stands for any text: {@code book.pages}, {@code *.created_at}.
 *     As in SQL, upper and lower case of ASCII letters are the same
 * @param type {@code text}, {@code long}, {@code int}, {@code double}, {@code decimal}, {@code boolean}, {@code date},
 *     {@code time}, {@code datetime}, {@code instant}, {@code epoch-millis}, {@code epoch-seconds}, {@code blob}, {@code
 *     uuid}, {@code json}, {@code any}; {@code enum} and the name of the class; or {@code mapped}, the name of the class of
 *     values, and that of a constant of type {@code Mapping}, such as {@code com.example.Mappings.SETTINGS}
 */
public record TypeOverride(String columns, String type) {

    /**
     * Checks both.
     *
     * @throws CodegenException the type is unknown, or the columns are not {@code table.column}
     */
    public TypeOverride {
        columns = columns.strip();
        type = type.strip();
        if (columns.indexOf('.') < 1 || columns.endsWith(".")) {
            throw new CodegenException(
                    "Columns are named table.column, for example book.pages or *.created_at; got \"" + columns + "\".");
        }
        ValueType.parse(type);
    }

    /**
     * Reads an override from one text: {@code "book.pages = int"}.
     *
     * @throws CodegenException it is none
     */
    public static TypeOverride parse(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 0) {
            throw new CodegenException(
                    "The type of columns is written table.column = type, for example book.pages = int; got \"" + text
                            + "\".");
        }
        return new TypeOverride(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Whether it names one column, not any that fit. */
    boolean isExact() {
        return columns.indexOf('*') < 0;
    }

    boolean fits(String table, String column) {
        return Wildcard.of(columns).fits(table + "." + column);
    }

    ValueType value() {
        return ValueType.parse(type);
    }

    @Override
    public String toString() {
        return columns + " = " + type;
    }
}
