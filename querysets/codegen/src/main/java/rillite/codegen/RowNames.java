package rillite.codegen;

import com.palantir.javapoet.ClassName;
import java.util.List;

/**
 * The names of what is written for one table.
 *
 * @param packageName of all
 * @param row name of the record of its rows
 */
record RowNames(String packageName, String row) {

    /** The record of a row. */
    ClassName record() {
        return ClassName.get(packageName, row);
    }

    /** The record of a row that is to be inserted. */
    ClassName insert() {
        return ClassName.get(packageName, "New" + row);
    }

    /** The table class. */
    ClassName table() {
        return ClassName.get(packageName, row + "Table");
    }

    /** The constant in the table class. */
    String constant() {
        return JavaNames.constant(row);
    }

    /** The names of all classes. */
    List<String> types() {
        return List.of(row, "New" + row, row + "Table");
    }
}
