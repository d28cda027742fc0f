package rillite.codegen;

import com.palantir.javapoet.TypeName;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import rillite.querysets.AnyCol;
import rillite.querysets.BlobCol;
import rillite.querysets.BoolCol;
import rillite.querysets.Col;
import rillite.querysets.DateCol;
import rillite.querysets.DateTimeCol;
import rillite.querysets.DecimalCol;
import rillite.querysets.EnumCol;
import rillite.querysets.InstantCol;
import rillite.querysets.IntCol;
import rillite.querysets.JsonCol;
import rillite.querysets.LongCol;
import rillite.querysets.MappedCol;
import rillite.querysets.RealCol;
import rillite.querysets.TextCol;
import rillite.querysets.TimeCol;
import rillite.querysets.UuidCol;
import rillite.querysets.schema.ColumnType;

/** The kinds of columns that a table class can declare, with their word in overrides. */
enum Kind {
    TEXT("text", TextCol.class, "textCol", String.class),
    LONG("long", LongCol.class, "longCol", long.class),
    INT("int", IntCol.class, "intCol", int.class),
    REAL("double", RealCol.class, "realCol", double.class),
    DECIMAL("decimal", DecimalCol.class, "decimalCol", BigDecimal.class),
    BOOLEAN("boolean", BoolCol.class, "boolCol", boolean.class),
    DATE("date", DateCol.class, "dateCol", LocalDate.class),
    TIME("time", TimeCol.class, "timeCol", LocalTime.class),
    DATETIME("datetime", DateTimeCol.class, "dateTimeCol", LocalDateTime.class),
    INSTANT("instant", InstantCol.class, "instantCol", Instant.class),
    BLOB("blob", BlobCol.class, "blobCol", ByteBuffer.class),
    UUID("uuid", UuidCol.class, "uuidCol", java.util.UUID.class),
    JSON("json", JsonCol.class, "jsonCol", String.class),
    ANY("any", AnyCol.class, "anyCol", Object.class),
    /** Followed by the name of the class. */
    ENUM("enum", EnumCol.class, "enumCol", Enum.class),
    /** Followed by the name of the class, and of the constant that holds the mapping. */
    MAPPED("mapped", MappedCol.class, "mappedCol", Object.class);

    private final String word;
    private final Class<?> column;
    private final String factory;
    private final TypeName value;

    @SuppressWarnings("rawtypes")
    Kind(String word, Class<? extends Col> column, String factory, Class<?> value) {
        this.word = word;
        this.column = column;
        this.factory = factory;
        this.value = TypeName.get(value);
    }

    /** What a declared type is read as unless somebody says otherwise. */
    static Kind of(ColumnType type) {
        return switch (type) {
            case INTEGER -> LONG;
            case REAL -> REAL;
            case TEXT -> TEXT;
            case BLOB -> BLOB;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DATE;
            case TIME -> TIME;
            case DATETIME -> DATETIME;
            case DECIMAL -> DECIMAL;
            case UUID -> UUID;
            case JSON -> JSON;
            case ANY -> ANY;
        };
    }

    String word() {
        return word;
    }

    /** The class of the column. */
    Class<?> column() {
        return column;
    }

    /** The method of a table class that makes the column. */
    String factory() {
        return factory;
    }

    /** The class of its values, primitive where there is one. */
    TypeName value() {
        return value;
    }
}
