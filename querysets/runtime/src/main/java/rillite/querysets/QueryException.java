package rillite.querysets;

import org.jspecify.annotations.Nullable;

/**
 * A query that is wrong, or whose answer is not what was asked for.
 *
 * <p>Messages say what failed, where, which names are near and what to do. They contain names and keys, never values
 * that were passed in.
 */
public abstract sealed class QueryException extends RuntimeException
        permits UnknownTableException,
                UnknownFieldException,
                UnknownRelationException,
                InvalidLookupException,
                InvalidValueException,
                InvalidQueryException,
                TransactionException,
                NotFoundException,
                NotLoadedException,
                SchemaChangedException,
                MultipleObjectsException,
                NotUpdatedException,
                ProtectedException,
                BulkException,
                MigrationException {

    private static final long serialVersionUID = 1L;

    QueryException(String message) {
        super(message);
    }

    QueryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
