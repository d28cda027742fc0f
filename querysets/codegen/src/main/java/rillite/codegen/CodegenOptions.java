package rillite.codegen;

import java.util.ArrayList;
import java.util.List;

/**
 * What is written, and how. Immutable.
 *
 * <ul>
 *   <li>tables: all tables, views and virtual tables that can be read
 *   <li>names: derived from those in the file
 *   <li>types: by the declared types of columns
 * </ul>
 *
 * @param packageName the package of all sources; it should hold nothing else
 * @param naming names that are chosen
 * @param types columns that are read as something else than their declared type says; of several that fit, one that names
 *     the column wins, then the last one
 * @param only tables to write, {@code *} standing for any text; empty for all
 * @param without tables to leave out
 */
public record CodegenOptions(
        String packageName, Naming naming, List<TypeOverride> types, List<String> only, List<String> without) {

    /**
     * Checks the name of the package.
     *
     * @throws CodegenException it is none, or one of Java itself
     */
    public CodegenOptions {
        types = List.copyOf(types);
        only = List.copyOf(only);
        without = List.copyOf(without);
        for (String part : packageName.split("\\.", -1)) {
            if (!JavaNames.isName(part)) {
                throw new CodegenException(
                        "\"" + packageName + "\" is no name of a package; one is, for example, com.example.shop.");
            }
        }
        if (packageName.startsWith("java.")) {
            throw new CodegenException("The package \"" + packageName + "\" belongs to Java: choose one of your own.");
        }
    }

    /**
     * The defaults above.
     *
     * @throws CodegenException it is no name of a package
     */
    public static CodegenOptions of(String packageName) {
        return new CodegenOptions(packageName, Naming.derived(), List.of(), List.of(), List.of());
    }

    /** With these names. */
    public CodegenOptions naming(Naming names) {
        return new CodegenOptions(packageName, names, types, only, without);
    }

    /**
     * With one more type: {@code type("book.pages", "int")}, {@code type("*.created_at", "instant")}.
     *
     * @throws CodegenException there is no such type
     */
    public CodegenOptions type(String columns, String type) {
        return type(new TypeOverride(columns, type));
    }

    /** With one more type. */
    public CodegenOptions type(TypeOverride override) {
        List<TypeOverride> more = new ArrayList<>(types);
        more.add(override);
        return new CodegenOptions(packageName, naming, more, only, without);
    }

    /** Writes these tables only; {@code *} stands for any text. */
    public CodegenOptions only(String... tables) {
        return new CodegenOptions(packageName, naming, types, List.of(tables), without);
    }

    /** Leaves these tables out; {@code *} stands for any text. */
    public CodegenOptions without(String... tables) {
        return new CodegenOptions(packageName, naming, types, only, List.of(tables));
    }

    /** Whether a table is to be written. */
    boolean includes(String table) {
        return (only.isEmpty() || only.stream().anyMatch(one -> Wildcard.of(one).fits(table)))
                && without.stream().noneMatch(one -> Wildcard.of(one).fits(table));
    }
}
