package rillite.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.ColumnType;

/**
 * As what a column is read.
 *
 * @param kind the kind of column
 * @param constants the class of its constants, for {@link Kind#ENUM} only
 */
record ValueType(Kind kind, @Nullable ClassName constants) {

    static final ValueType TEXT = new ValueType(Kind.TEXT, null);

    static ValueType of(ColumnType type) {
        return new ValueType(Kind.of(type), null);
    }

    /** Reads a word of the reference. */
    static ValueType parse(String text) {
        String[] words = text.strip().split("\\s+", 2);
        String word = words[0].toLowerCase(Locale.ROOT);
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word) && (kind == Kind.ENUM) == (words.length == 2)) {
                return new ValueType(kind, kind == Kind.ENUM ? JavaNames.className(words[1]) : null);
            }
        }
        throw new CodegenException("Columns cannot be read as \"" + text + "\". Known: "
                + Arrays.stream(Kind.values())
                        .map(kind -> kind.word() + (kind == Kind.ENUM ? " com.example.Status" : ""))
                        .collect(Collectors.joining(", "))
                + ".");
    }

    /** The class of values, primitive where there is one. */
    TypeName value() {
        return constants == null ? kind.value() : constants;
    }

    /** The class of the column in queries whose root is R. */
    TypeName column(TypeVariableName root) {
        ClassName column = ClassName.get(kind.column());
        return constants == null
                ? ParameterizedTypeName.get(column, root)
                : ParameterizedTypeName.get(column, root, constants);
    }

    /** The call that makes the column. */
    CodeBlock declaration(String name) {
        return constants == null
                ? CodeBlock.of("$L($L)", kind.factory(), Literal.of(name))
                : CodeBlock.of("$L($L, $T.class)", kind.factory(), Literal.of(name), constants);
    }
}
