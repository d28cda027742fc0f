package rillite.codegen;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.Table;
import rillite.querysets.ToMany;

/** Writes the table class. */
final class TableSource {

    private static final TypeVariableName ROOT = TypeVariableName.get("R");
    private static final ClassName TABLE = ClassName.get(Table.class);

    private final TableShape shape;
    private final RowNames names;
    private final String tableName;

    private TableSource(TableShape shape) {
        this.shape = shape;
        names = shape.names();
        tableName = Literal.of(shape.table().name());
    }

    static TypeSpec.Builder of(TableShape shape) {
        return new TableSource(shape).write();
    }

    private TypeSpec.Builder write() {
        TypeName root = of(names.table(), names.record());
        TypeSpec.Builder type = TypeSpec.classBuilder(names.table())
                .addJavadoc(
                        "Columns and relations of \"$L\".",
                        Literal.inComment(shape.table().name()))
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addTypeVariable(ROOT)
                .superclass(ParameterizedTypeName.get(TABLE, ROOT, names.record()))
                .addField(FieldSpec.builder(root, names.constant(), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                        .initializer("new $T<>()", names.table())
                        .build());
        for (ColumnShape column : shape.columns()) {
            type.addField(FieldSpec.builder(column.type().column(ROOT), column.name(), Modifier.PUBLIC, Modifier.FINAL)
                    .initializer(column.type().declaration(column.column().name()))
                    .build());
        }
        type.addMethod(rootConstructor()).addMethod(pathConstructor());
        shape.relations().forEach(relation -> type.addMethod(relation(relation)));
        return type.addMethod(read()).addMethod(value()).addMethod(related());
    }

    private static TypeName of(ClassName type, TypeName argument) {
        return ParameterizedTypeName.get(type, argument);
    }

    private MethodSpec rootConstructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addStatement("super($T.class, $L)", names.record(), tableName)
                .build();
    }

    private MethodSpec pathConstructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(ParameterizedTypeName.get(TABLE, ROOT, WildcardTypeName.subtypeOf(Object.class)), "from")
                .addParameter(String.class, "relation")
                .addStatement("super($T.class, $L, from, relation)", names.record(), tableName)
                .build();
    }

    private static MethodSpec relation(RelationShape relation) {
        RowNames target = relation.target();
        String name = Literal.of(relation.relation().name());
        MethodSpec.Builder method = MethodSpec.methodBuilder(relation.name()).addModifiers(Modifier.PUBLIC);
        if (relation.isMany()) {
            return method.returns(ParameterizedTypeName.get(
                            ClassName.get(ToMany.class), ROOT, target.record(), of(target.table(), target.record())))
                    .addStatement("return toMany($L, $L)", name, relation.targetConstant())
                    .build();
        }
        return method.returns(of(target.table(), ROOT))
                .addStatement("return new $T<>(this, $L)", target.table(), name)
                .build();
    }

    private MethodSpec read() {
        List<CodeBlock> parts = shape.parts().stream().map(Part::reading).toList();
        return overriding("read")
                .returns(names.record())
                .addParameter(Cells.class, "row")
                .addCode("return new $T($>$>\n$L$<$<);\n", names.record(), CodeBlock.join(parts, ",\n"))
                .build();
    }

    private MethodSpec value() {
        CodeBlock.Builder cases = CodeBlock.builder();
        for (int i = 0; i < shape.columns().size(); i++) {
            cases.add("case $L -> $L;\n", i, value(shape.columns().get(i)));
        }
        return overriding("value")
                .returns(ClassName.OBJECT.annotated(
                        AnnotationSpec.builder(Nullable.class).build()))
                .addParameter(names.record(), "row")
                .addParameter(int.class, "column")
                .addCode(
                        "return switch (column) {\n$>$Ldefault -> throw new $T(column);\n$<};\n",
                        cases.build(),
                        IndexOutOfBoundsException.class)
                .build();
    }

    private String value(ColumnShape column) {
        for (Part part : shape.parts()) {
            if (part instanceof RelationShape relation && relation.replaces() && column.equals(relation.key())) {
                return "row." + relation.name() + "().id()";
            }
        }
        return "row." + column.name() + "()";
    }

    private MethodSpec related() {
        List<CodeBlock> relations = shape.parts().stream()
                .filter(RelationShape.class::isInstance)
                .map(part -> CodeBlock.of("row.$L()", part.name()))
                .toList();
        return overriding("related")
                .returns(ParameterizedTypeName.get(List.class, Object.class))
                .addParameter(names.record(), "row")
                .addStatement("return $T.of($L)", List.class, CodeBlock.join(relations, ",$W"))
                .build();
    }

    private static MethodSpec.Builder overriding(String name) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PROTECTED);
    }
}
