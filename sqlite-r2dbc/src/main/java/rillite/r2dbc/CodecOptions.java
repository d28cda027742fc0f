package rillite.r2dbc;

/** How values are stored, and how wide untyped integers are read. */
record CodecOptions(
        IntegerType integerType,
        TemporalStorage temporalStorage,
        BooleanStorage booleanStorage,
        UuidStorage uuidStorage) {
    static final CodecOptions DEFAULTS =
            new CodecOptions(IntegerType.NARROW, TemporalStorage.TEXT, BooleanStorage.INTEGER, UuidStorage.TEXT);

    /** Whether they are the same; asked for every connection, and cheaper than the equality that records are born with. */
    boolean isLike(CodecOptions other) {
        return integerType == other.integerType
                && temporalStorage == other.temporalStorage
                && booleanStorage == other.booleanStorage
                && uuidStorage == other.uuidStorage;
    }
}
