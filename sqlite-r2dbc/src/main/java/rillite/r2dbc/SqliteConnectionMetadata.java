package rillite.r2dbc;

import io.r2dbc.spi.ConnectionMetadata;

/** Product and version, without asking the database. */
record SqliteConnectionMetadata(String version) implements ConnectionMetadata {
    static final String PRODUCT = "SQLite";

    @Override
    public String getDatabaseProductName() {
        return PRODUCT;
    }

    @Override
    public String getDatabaseVersion() {
        return version;
    }
}
