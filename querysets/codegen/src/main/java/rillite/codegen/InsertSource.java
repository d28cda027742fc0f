package rillite.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

/** Writes the record of a row that is to be inserted. */
final class InsertSource {

    private final TableShape shape;
    private final ClassName type;

    private InsertSource(TableShape shape) {
        this.shape = shape;
        type = shape.names().insert();
    }

    static TypeSpec.Builder of(TableShape shape) {
        return new InsertSource(shape).write();
    }

    private TypeSpec.Builder write() {
        List<ColumnShape> needed = new ArrayList<>();
        List<ColumnShape> optional = new ArrayList<>();
        for (ColumnShape column : shape.columns()) {
            if (!column.column().isGenerated()) {
                (column.column().isOptionalOnInsert() ? optional : needed).add(column);
            }
        }
        TypeSpec.Builder record = TypeSpec.recordBuilder(type)
                .addJavadoc(
                        "A row that is to be inserted into the table \"$L\".",
                        Literal.inComment(shape.table().name()))
                .addModifiers(Modifier.PUBLIC)
                .recordConstructor(MethodSpec.constructorBuilder()
                        .addParameter(Fields.class, "fields")
                        .build())
                .addSuperinterface(ParameterizedTypeName.get(
                        ClassName.get(NewRow.class), shape.names().record()))
                .addMethod(constructor(needed));
        optional.forEach(column -> record.addMethod(with(column)));
        return record;
    }

    private MethodSpec constructor(List<ColumnShape> needed) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC);
        List<CodeBlock> pairs = new ArrayList<>();
        for (ColumnShape column : needed) {
            constructor.addParameter(column.value(), column.name());
            pairs.add(given(column));
        }
        if (!needed.isEmpty()
                && needed.stream().noneMatch(column -> column.type().isStoredByColumn())) {
            return constructor
                    .addStatement("this($T.of($L))", Fields.class, CodeBlock.join(pairs, ",$W"))
                    .build();
        }
        CodeBlock.Builder fields = CodeBlock.builder().add("$T.empty()", Fields.class);
        pairs.forEach(pair -> fields.add("$Z.with($L)", pair));
        return constructor.addStatement("this($L)", fields.build()).build();
    }

    /** A column and its value, as arguments of {@code Fields.with}. */
    private CodeBlock given(ColumnShape column) {
        return column.type().isStoredByColumn()
                ? CodeBlock.of(
                        "$T.$L.$L.to($L)",
                        shape.names().table(),
                        shape.names().constant(),
                        column.name(),
                        column.name())
                : CodeBlock.of("$L, $L", Literal.of(column.column().name()), column.name());
    }

    private MethodSpec with(ColumnShape column) {
        return MethodSpec.methodBuilder(column.name())
                .addModifiers(Modifier.PUBLIC)
                .returns(type)
                .addParameter(column.value(), column.name())
                .addStatement(
                        "return new $T($L.with($L))",
                        type,
                        column.name().equals("fields") ? "this.fields" : "fields",
                        given(column))
                .build();
    }
}
