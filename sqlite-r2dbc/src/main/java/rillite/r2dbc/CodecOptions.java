package rillite.r2dbc;

/** How values are stored, and how wide untyped integers are read. */
record CodecOptions(
        IntegerType integerType,
        TemporalStorage temporalStorage,
        BooleanStorage booleanStorage,
        UuidStorage uuidStorage) {
    static final CodecOptions DEFAULTS =
            new CodecOptions(IntegerType.NARROW, TemporalStorage.TEXT, BooleanStorage.INTEGER, UuidStorage.TEXT);
}
