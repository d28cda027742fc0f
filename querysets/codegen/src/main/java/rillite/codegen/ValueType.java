package rillite.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Mapping;
import rillite.querysets.schema.ColumnType;

/**
 * As what a column is read.
 *
 * @param kind the kind of column
 * @param named the class of its values, where the kind does not tell
 * @param argument what the column is made with besides its name, null for nothing
 */
record ValueType(
        Kind kind, @Nullable ClassName named, @Nullable CodeBlock argument) {

    private static final ClassName INSTANT = ClassName.get(Instant.class);

    private static final String KNOWN = "text, long, int, double, decimal, boolean, date, time, datetime, instant,"
            + " epoch-millis, epoch-seconds, blob, uuid, json, any, enum com.example.Status,"
            + " mapped com.example.Settings com.example.Mappings.SETTINGS";

    static ValueType of(Kind kind) {
        return new ValueType(kind, null, null);
    }

    static ValueType of(ColumnType type) {
        return of(Kind.of(type));
    }

    /** Reads a word of the reference. */
    static ValueType parse(String text) {
        String[] words = text.strip().split("\\s+");
        String word = words[0].toLowerCase(Locale.ROOT);
        if (words.length == 1) {
            switch (word) {
                case "epoch-millis":
                    return new ValueType(Kind.MAPPED, INSTANT, CodeBlock.of("$T.epochMillis()", Mapping.class));
                case "epoch-seconds":
                    return new ValueType(Kind.MAPPED, INSTANT, CodeBlock.of("$T.epochSeconds()", Mapping.class));
                default:
                    for (Kind kind : Kind.values()) {
                        if (kind.word().equals(word) && kind != Kind.ENUM && kind != Kind.MAPPED) {
                            return of(kind);
                        }
                    }
            }
        } else if (words.length == 2 && word.equals(Kind.ENUM.word())) {
            ClassName constants = JavaNames.className(words[1]);
            return new ValueType(Kind.ENUM, constants, CodeBlock.of("$T.class", constants));
        } else if (words.length == 3 && word.equals(Kind.MAPPED.word()) && words[2].indexOf('.') > 0) {
            int dot = words[2].lastIndexOf('.');
            ClassName holder = JavaNames.className(words[2].substring(0, dot));
            String constant = words[2].substring(dot + 1);
            JavaNames.className(constant);
            return new ValueType(Kind.MAPPED, JavaNames.className(words[1]), CodeBlock.of("$T.$L", holder, constant));
        }
        throw new CodegenException("Columns cannot be read as \"" + text + "\". Known: " + KNOWN + ".");
    }

    /** The class of values, primitive where there is one. */
    TypeName value() {
        return named == null ? kind.value() : named;
    }

    /** The class of the column in queries whose root is R. */
    TypeName column(TypeVariableName root) {
        ClassName column = ClassName.get(kind.column());
        return named == null ? ParameterizedTypeName.get(column, root) : ParameterizedTypeName.get(column, root, named);
    }

    /** The call that makes the column. */
    CodeBlock declaration(String name) {
        CodeBlock more = argument == null ? CodeBlock.of("") : CodeBlock.of(", $L", argument);
        return CodeBlock.of("$L($L$L)", kind.factory(), Literal.of(name), more);
    }

    /** Whether only the column knows how a value is stored, so that insert records ask it. */
    boolean isStoredByColumn() {
        return kind == Kind.INSTANT || kind == Kind.MAPPED;
    }
}
