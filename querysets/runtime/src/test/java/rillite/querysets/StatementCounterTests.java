package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.Numbers.run;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts as a statement, and what a wrong count says. */
@ParameterizedClass
@EnumSource(Access.class)
final class StatementCounterTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Numbers numbers;

    @BeforeEach
    void open() {
        numbers = Numbers.in(directory, access);
    }

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void assertStatements_countsQueries_notTransactions() {
        try (StatementCounter counter = StatementCounter.on(numbers.db)) {
            run(numbers.db.inTransaction(tx -> numbers.add(1)
                    .then(tx.inTransaction(part -> tx.objects("n").count()).then())
                    .then(tx.sql("SELECT 1").values().list())));

            counter.assertStatements(3);
            assertThat(counter.count()).isEqualTo(3);
        }
    }

    @Test
    void assertStatements_whereNothingIsSent_isZero() {
        try (StatementCounter counter = StatementCounter.on(numbers.db)) {
            run(numbers.n().none());
            run(numbers.n().filter("id__in", List.of()).count());
            run(numbers.n().filter("id__in", List.of()).update("v", 1));
            counter.assertStatements(0);
        }
    }

    @Test
    void assertStatements_thatDiffers_listsTheTexts() {
        try (StatementCounter counter = StatementCounter.on(numbers.db)) {
            run(numbers.n().values("id"));
            run(numbers.n().values("id"));
            run(numbers.n().count());

            assertThatThrownBy(() -> counter.assertStatements(1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("""
                            Expected 1 statement, sent were 3:
                              2 x SELECT "n"."id" FROM "n"
                              1 x SELECT count(*) FROM "n\"""");
            counter.reset();
            counter.assertStatements(0);
            assertThatThrownBy(() -> counter.assertStatements(2)).hasMessage("Expected 2 statements, sent were 0.");
        }
    }

    @Test
    void counter_ofManyTexts_remembersSome() {
        try (StatementCounter counter = StatementCounter.on(numbers.db)) {
            for (int i = 0; i < 60; i++) {
                run(numbers.db.sql("SELECT " + i).values());
            }
            run(numbers.db.sql("SELECT 1 -- " + "long ".repeat(200)).values());

            assertThatThrownBy(() -> counter.assertStatements(1))
                    .hasMessageContaining("1 x SELECT 49")
                    .hasMessageEndingWith("\n  11 x other texts");
        }
    }

    @Test
    void counter_thatIsClosed_countsNoMore() {
        StatementCounter counter = StatementCounter.on(numbers.db);
        run(numbers.n().count());
        counter.close();
        run(numbers.n().count());

        counter.assertStatements(1);
    }

    @Test
    void listener_isToldOfEveryStatement_andMayFail() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (LogLines log = LogLines.of(StatementListener.class)) {
            Numbers listening = numbers.with(DatabaseOptions.defaults()
                    .statementListener(sql -> {
                        throw new IllegalStateException("wrong");
                    })
                    .statementListener(told::add));

            run(listening.n().values("v"));
            assertThat(told).containsExactly("SELECT \"n\".\"v\" FROM \"n\"");
            assertThat(log.lines()).hasSize(1);
        }
    }
}
