package rillite.querysets;

import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction is to begin.
 *
 * @param name the name in errors and logs
 * @param readOnly whether it may only read
 * @param given what the user asked for beyond that
 */
record TransactionTerms(String name, boolean readOnly, TransactionDefinition given) implements TransactionDefinition {

    private static final TransactionDefinition NONE = new TransactionDefinition() {
        @Override
        public <T> @Nullable T getAttribute(Option<T> option) {
            return null;
        }
    };

    static TransactionTerms write(String name) {
        return new TransactionTerms(name, false, NONE);
    }

    static TransactionTerms read(String name) {
        return new TransactionTerms(name, true, NONE);
    }

    static TransactionTerms of(TransactionDefinition given, String fallback) {
        String name = given.getAttribute(NAME);
        return new TransactionTerms(
                name == null ? fallback : name, Boolean.TRUE.equals(given.getAttribute(READ_ONLY)), given);
    }

    TransactionTerms reading() {
        return new TransactionTerms(name, true, given);
    }

    @Override
    public <T> @Nullable T getAttribute(Option<T> option) {
        if (option.equals(NAME)) {
            return option.cast(name);
        }
        if (option.equals(READ_ONLY)) {
            return readOnly ? option.cast(true) : null;
        }
        return given.getAttribute(option);
    }
}
