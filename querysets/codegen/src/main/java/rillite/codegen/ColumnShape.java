package rillite.codegen;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;

/**
 * A column as Java.
 *
 * @param column the column
 * @param name its name in classes and records
 * @param type as what it is read
 * @param boxed whether values are objects even where NULL is impossible
 */
record ColumnShape(Column column, String name, ValueType type, boolean boxed) implements Part {

    private static final AnnotationSpec NULLABLE =
            AnnotationSpec.builder(Nullable.class).build();

    @Override
    public TypeName value() {
        TypeName value = type.value();
        if (!column.notNull() || type.kind() == Kind.ANY) {
            return value.box().annotated(NULLABLE);
        }
        return boxed ? value.box() : value;
    }

    @Override
    public CodeBlock reading() {
        return CodeBlock.of("row.$L($L)", column.notNull() ? "get" : "orNull", field());
    }

    /** The field of the table class, inside of {@code read(Cells row)}. */
    String field() {
        return name.equals("row") ? "this.row" : name;
    }
}
