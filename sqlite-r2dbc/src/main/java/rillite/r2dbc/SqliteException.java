package rillite.r2dbc;

import org.jspecify.annotations.Nullable;

/**
 * What every error of this driver can tell, whichever class of the SPI it extends.
 *
 * <p>Messages never hold bind values. SQL is cut after 1,000 characters.
 */
public sealed interface SqliteException
        permits SqliteBadGrammarException,
                SqliteBulkException,
                SqliteDataIntegrityException,
                SqliteNonTransientException,
                SqliteNonTransientResourceException,
                SqliteOutcomeUnknownException,
                SqlitePermissionDeniedException,
                SqliteRollbackException,
                SqliteTimeoutException,
                SqliteTransientResourceException {

    /** SQLite's extended result code, 0 if the engine and not SQLite raised the error. */
    default int extendedCode() {
        return getErrorCode();
    }

    /** The constant for {@link #extendedCode()}; {@link SqliteErrorCode#OK} if the engine raised the error. */
    default SqliteErrorCode code() {
        return SqliteErrorCode.of(getErrorCode());
    }

    /** The same as {@link #extendedCode()}. */
    int getErrorCode();

    /** The SQLState, five characters. */
    String getSqlState();

    /** The SQL, at most 1,000 characters of it, or null if there was none. */
    @Nullable String getSql();

    /** What failed and what to do, with the name of the code in front. */
    String getMessage();
}
