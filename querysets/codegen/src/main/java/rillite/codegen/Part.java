package rillite.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;

/** What a record of a row is made of. */
sealed interface Part permits ColumnShape, RelationShape {

    /** Its name in classes and records. */
    String name();

    /** The type of its component in the record. */
    TypeName value();

    /** What reads it, inside of {@code read(Cells row)} of the table class. */
    CodeBlock reading();
}
