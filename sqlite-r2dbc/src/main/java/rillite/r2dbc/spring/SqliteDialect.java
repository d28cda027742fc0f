package rillite.r2dbc.spring;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.r2dbc.dialect.R2dbcDialect;
import org.springframework.data.relational.core.dialect.AbstractDialect;
import org.springframework.data.relational.core.dialect.IdGeneration;
import org.springframework.data.relational.core.dialect.LimitClause;
import org.springframework.data.relational.core.dialect.LockClause;
import org.springframework.data.relational.core.sql.IdentifierProcessing;
import org.springframework.data.relational.core.sql.LockOptions;
import org.springframework.data.relational.core.sql.SqlIdentifier;
import org.springframework.data.relational.core.sql.render.PostgresUpsertRenderContext;
import org.springframework.data.relational.core.sql.render.UpsertRenderContext;
import org.springframework.r2dbc.core.binding.BindMarkersFactory;

/**
 * The SQL of SQLite as Spring Data Relational asks for it: {@code LIMIT .. OFFSET}, no row locks, names quoted as they
 * are written, generated ids by {@code RETURNING}, upserts by {@code ON CONFLICT}, no sequences, no arrays.
 *
 * <p>Derived queries of the kind {@code findByNameContaining} find nothing when the searched text has a {@code %} or
 * {@code _}: Spring Data escapes these by a backslash but writes no {@code ESCAPE} clause, and without one SQLite's
 * {@code LIKE} takes the backslash as a letter. Declare such a query with {@code LIKE :part ESCAPE '\'}.
 */
public final class SqliteDialect extends AbstractDialect implements R2dbcDialect {
    /** The dialect; it has no state. */
    public static final SqliteDialect INSTANCE = new SqliteDialect();

    private static final IdentifierProcessing AS_WRITTEN =
            IdentifierProcessing.create(IdentifierProcessing.Quoting.ANSI, IdentifierProcessing.LetterCasing.AS_IS);

    private SqliteDialect() {}

    /**
     * {@code "Postgres"}: Spring Data 4.1 picks the SQL of an upsert by this name and by nothing else, and
     * {@code ON CONFLICT} is PostgreSQL's. Under any other name it writes {@code MERGE}, which SQLite does not have.
     */
    @Override
    public String getName() {
        return "Postgres";
    }

    /** Parameters are {@code ?1}, {@code ?2}. */
    @Override
    public BindMarkersFactory getBindMarkersFactory() {
        return Sqlite.BIND_MARKERS;
    }

    /** Names in double quotes, letters as written. */
    @Override
    public IdentifierProcessing getIdentifierProcessing() {
        return AS_WRITTEN;
    }

    /** The plain name: the driver quotes it. */
    @Override
    public String renderForGeneratedValues(SqlIdentifier identifier) {
        return identifier.getReference();
    }

    /** An offset needs a limit in SQLite; {@code LIMIT -1} is none. */
    @Override
    public LimitClause limit() {
        return Limit.INSTANCE;
    }

    /** Nothing: a transaction of SQLite locks the whole file for writing. */
    @Override
    public LockClause lock() {
        return NoLock.INSTANCE;
    }

    /** Ids come from the insert itself; there are no sequences. */
    @Override
    public IdGeneration getIdGeneration() {
        return NoSequences.INSTANCE;
    }

    /** {@code INSERT .. ON CONFLICT .. DO UPDATE}, which SQLite took over from PostgreSQL. */
    @Override
    public UpsertRenderContext getUpsertRenderContext() {
        return Upsert.CONTEXT;
    }

    /** A boolean is written as 1 or 0 and read from any number. */
    @Override
    public Collection<Object> getConverters() {
        return List.of(NumberToBoolean.INSTANCE, BooleanToInteger.INSTANCE);
    }

    /** Types the driver stores by itself beyond those every driver knows. */
    @Override
    public Set<Class<?>> simpleTypes() {
        return Set.of(UUID.class);
    }

    private enum Limit implements LimitClause {
        INSTANCE;

        @Override
        public String getLimit(long limit) {
            return "LIMIT " + limit;
        }

        @Override
        public String getOffset(long offset) {
            return "LIMIT -1 OFFSET " + offset;
        }

        @Override
        public String getLimitOffset(long limit, long offset) {
            return "LIMIT " + limit + " OFFSET " + offset;
        }

        @Override
        public Position getClausePosition() {
            return Position.AFTER_ORDER_BY;
        }
    }

    private enum NoLock implements LockClause {
        INSTANCE;

        @Override
        public String getLock(LockOptions options) {
            return "";
        }

        @Override
        public Position getClausePosition() {
            return Position.AFTER_ORDER_BY;
        }
    }

    private enum NoSequences implements IdGeneration {
        INSTANCE;

        @Override
        public boolean sequencesSupported() {
            return false;
        }

        @Override
        public String createSequenceQuery(SqlIdentifier sequence) {
            throw new UnsupportedOperationException("SQLite has no sequences: declare the id of " + sequence
                    + " INTEGER PRIMARY KEY and leave it null when saving");
        }
    }

    /** A class of its own, so that the dialect also loads on Spring Data 3, which has no upsert. */
    private static final class Upsert {
        static final UpsertRenderContext CONTEXT = PostgresUpsertRenderContext.INSTANCE;

        private Upsert() {}
    }

    @ReadingConverter
    private enum NumberToBoolean implements Converter<Number, Boolean> {
        INSTANCE;

        @Override
        public Boolean convert(Number source) {
            return source.doubleValue() != 0;
        }
    }

    @WritingConverter
    private enum BooleanToInteger implements Converter<Boolean, Integer> {
        INSTANCE;

        @Override
        public Integer convert(Boolean source) {
            return source ? 1 : 0;
        }
    }
}
