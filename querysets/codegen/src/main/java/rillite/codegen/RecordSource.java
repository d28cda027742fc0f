package rillite.codegen;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;
import rillite.querysets.schema.Table;

/** Writes the record of a row. */
final class RecordSource {

    private RecordSource() {}

    static TypeSpec.Builder of(TableShape shape) {
        MethodSpec.Builder components = MethodSpec.constructorBuilder();
        shape.parts().forEach(part -> components.addParameter(part.value(), part.name()));
        String what = shape.table().kind() == Table.Kind.VIEW ? "view" : "table";
        return TypeSpec.recordBuilder(shape.names().record())
                .addJavadoc(
                        "A row of the $L \"$L\".",
                        what,
                        Literal.inComment(shape.table().name()))
                .addModifiers(Modifier.PUBLIC)
                .recordConstructor(components.build());
    }
}
