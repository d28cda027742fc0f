package rillite.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Ref;
import rillite.querysets.Refs;
import rillite.querysets.schema.Relation;

/**
 * A relation as Java.
 *
 * @param relation the relation
 * @param name its name in classes and records
 * @param owner names of its own table
 * @param target names of the related table
 * @param key the only column of its own table that holds the key of the related row, null when there is none
 * @param replaces whether its component stands in the place of the key
 */
record RelationShape(
        Relation relation,
        String name,
        RowNames owner,
        RowNames target,
        @Nullable ColumnShape key,
        boolean replaces) implements Part {

    boolean isMany() {
        return relation.kind().isMany();
    }

    @Override
    public TypeName value() {
        return ParameterizedTypeName.get(ClassName.get(isMany() ? Refs.class : Ref.class), target.record());
    }

    @Override
    public CodeBlock reading() {
        CodeBlock keyed = key == null ? CodeBlock.of("") : CodeBlock.of(", $L", key.field());
        return CodeBlock.of(
                "row.$L($L, $L$L)", isMany() ? "refs" : "ref", Literal.of(relation.name()), targetConstant(), keyed);
    }

    /** The related table as a root, inside of the own table class. */
    CodeBlock targetConstant() {
        return owner.equals(target)
                ? CodeBlock.of("$L", target.constant())
                : CodeBlock.of("$T.$L", target.table(), target.constant());
    }
}
