package rillite.codegen;

import java.util.Set;

/** The simple names of classes that generated sources use, or that every program uses, so that no record is named so. */
final class Library {

    static final Set<String> TYPES = Set.of(
            "R",
            "Tables",
            "Boolean",
            "Double",
            "IndexOutOfBoundsException",
            "Integer",
            "Long",
            "Object",
            "Override",
            "String",
            "BigDecimal",
            "ByteBuffer",
            "Instant",
            "List",
            "LocalDate",
            "LocalDateTime",
            "LocalTime",
            "UUID",
            "Generated",
            "Nullable",
            "AnyCol",
            "BlobCol",
            "BoolCol",
            "Cells",
            "DatabaseOptions",
            "DateCol",
            "DateTimeCol",
            "DecimalCol",
            "EnumCol",
            "Fields",
            "InstantCol",
            "IntCol",
            "JsonCol",
            "LongCol",
            "MappedCol",
            "Mapping",
            "NewRow",
            "RealCol",
            "Ref",
            "Refs",
            "Table",
            "TextCol",
            "TimeCol",
            "ToMany",
            "UuidCol");

    private Library() {}
}
