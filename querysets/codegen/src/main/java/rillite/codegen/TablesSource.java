package rillite.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import rillite.querysets.DatabaseOptions;

/** Writes the class that knows all tables. */
final class TablesSource {

    private TablesSource() {}

    static TypeSpec.Builder of(List<TableShape> shapes, CodegenOptions options) {
        TypeSpec.Builder tables = TypeSpec.classBuilder("Tables")
                .addJavadoc("All tables and views, for one static import.")
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL);
        for (TableShape shape : shapes) {
            RowNames names = shape.names();
            tables.addField(FieldSpec.builder(
                            ParameterizedTypeName.get(names.table(), names.record()),
                            names.constant(),
                            Modifier.PUBLIC,
                            Modifier.STATIC,
                            Modifier.FINAL)
                    .initializer("$T.$L", names.table(), names.constant())
                    .build());
        }
        return tables.addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .addMethod(named(options));
    }

    private static MethodSpec named(CodegenOptions options) {
        CodeBlock.Builder names = CodeBlock.builder().add("options");
        for (Naming.RelationName name : options.naming().relations()) {
            names.add("\n");
            if (name.reverse().isEmpty()) {
                names.add(".manyToMany($L, $L)", Literal.of(name.foreignKey()), Literal.of(name.name()));
            } else {
                names.add(
                        ".relation($L, $L, $L)",
                        Literal.of(name.foreignKey()),
                        Literal.of(name.name()),
                        Literal.of(name.reverse()));
            }
        }
        return MethodSpec.methodBuilder("named")
                .addJavadoc(
                        "The options with the names of relations that were chosen when these sources were written: the"
                                + " database\nhas to be opened with them.")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(DatabaseOptions.class)
                .addParameter(DatabaseOptions.class, "options")
                .addStatement("return $L", names.build())
                .build();
    }
}
