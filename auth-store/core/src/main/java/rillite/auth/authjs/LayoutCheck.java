package rillite.auth.authjs;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.SchemaChangedException;

/** Looks at the tables of a file, and at their rows as far as the columns permit. */
final class LayoutCheck {

    private final Statements statements;
    private final Layout layout;

    LayoutCheck(Statements statements) {
        this.statements = statements;
        this.layout = statements.layout();
    }

    Mono<LayoutReport> report() {
        return FileTables.in(statements.database())
                .flatMap(file -> tables(file)
                        .flatMap(tables -> Mono.zip(
                                        duplicates(file).collectList(),
                                        orphans(file).collectList())
                                .map(rows -> new LayoutReport(
                                        tables.problems(), rows.getT1(), rows.getT2(), tables.dates()))));
    }

    /**
     * Creates what is missing, and fails where the tables are not those of the layout then: what they lack says more than the
     * first statement that could not run on them. The transaction around takes all of it back.
     */
    Mono<LayoutReport> created() {
        return Flux.fromIterable(TableTexts.of(layout))
                .concatMap(this::failure)
                .collectList()
                .flatMap(failures -> FileTables.in(statements.database())
                        .flatMap(this::tables)
                        .flatMap(report -> {
                            LayoutReport sound = report.orThrow();
                            return failures.isEmpty() ? Mono.just(sound) : Mono.error(failures.get(0));
                        }));
    }

    /** What a statement says of the tables that it finds; other errors end the work. */
    private Mono<Throwable> failure(String sql) {
        return statements
                .database()
                .sql(sql)
                .execute()
                .then(Mono.<Throwable>empty())
                .onErrorResume(R2dbcBadGrammarException.class, Mono::just)
                .onErrorResume(R2dbcDataIntegrityViolationException.class, Mono::just)
                .onErrorResume(SchemaChangedException.class, Mono::just);
    }

    private Mono<LayoutReport> tables(FileTables file) {
        LayoutProblems found = LayoutProblems.of(file, layout);
        List<Layout> rather = LayoutProblems.rather(file, layout);
        List<Layout> fitting = rather.stream()
                .filter(other -> LayoutProblems.fits(file, other))
                .toList();
        Mono<List<String>> keys = Flux.fromIterable(found.keys())
                .concatMap(key -> key.told(statements))
                .collectList();
        List<DateColumn> columns = DateColumn.in(file, layout);
        Mono<List<DateCount>> counts = Flux.fromIterable(columns)
                .filter(column -> column.gap().isEmpty())
                .concatMap(column -> DateCount.of(statements, column.part(), column.name()))
                .collectList();
        Mono<Long> foreignKeys = statements.number("SELECT foreign_keys FROM pragma_foreign_keys");
        return Mono.zip(keys, counts, foreignKeys).map(looked -> {
            List<String> problems = new ArrayList<>();
            rather.forEach(other -> problems.add(said(other, fitting.contains(other))));
            if (looked.getT3() == 0) {
                problems.add(
                        "foreign keys are off in this Database, and who is deleted would leave accounts and sessions"
                                + " behind: open it without the option foreignKeys=false");
            }
            if (fitting.isEmpty()) { // else the tables of another would be made worse
                problems.addAll(found.columns());
                problems.addAll(looked.getT1());
                looked.getT2().forEach(count -> problems.addAll(count.problems()));
            }
            List<String> dates = new ArrayList<>();
            columns.forEach(column -> dates.addAll(column.sentences()));
            looked.getT2().forEach(count -> dates.addAll(count.sentences()));
            return new LayoutReport(problems, List.of(), List.of(), dates);
        });
    }

    private static String said(Layout other, boolean fits) {
        return "the tables " + (fits ? "are" : "look like") + " those of the layout of " + other.name()
                + ": use AuthJsAdapter." + other.name() + "(..)";
    }

    /** Only what no key of a layout forbids. */
    private Flux<String> duplicates(FileTables file) {
        String table = layout.table(Part.ACCOUNT);
        Optional<String> gap = file.missing(table, List.of("provider", "providerAccountId"));
        if (gap.isPresent()) {
            return Flux.just(notLookedAt(table, gap.get()));
        }
        String key = statements.column(Part.ACCOUNT, "provider") + ", "
                + statements.column(Part.ACCOUNT, "providerAccountId");
        return statements
                .number("SELECT count(*) AS number FROM (SELECT 1 FROM " + layout.quoted(Part.ACCOUNT) + " GROUP BY "
                        + key + " HAVING count(*) > 1)")
                .filter(number -> number > 0)
                .map(number -> number + (number == 1 ? " account is" : " accounts are") + " linked more than once ("
                        + table + "): the first link counts")
                .flux();
    }

    private Flux<String> orphans(FileTables file) {
        return Flux.fromIterable(layout.parts())
                .filter(part -> part != Part.USER && part != Part.VERIFICATION)
                .filter(part -> part != Part.AUTHENTICATOR
                        || !file.columns(layout.table(part)).isEmpty())
                .concatMap(part -> orphans(file, part));
    }

    private Mono<String> orphans(FileTables file, Part part) {
        String table = layout.table(part);
        String users = layout.table(Part.USER);
        Optional<String> gap = file.missing(table, List.of("userId")).or(() -> file.missing(users, List.of("id")));
        if (gap.isPresent()) {
            return Mono.just(notLookedAt(table, gap.get()));
        }
        return statements
                .number("SELECT count(*) AS number FROM " + layout.quoted(part) + " WHERE NOT EXISTS (SELECT 1 FROM "
                        + layout.quoted(Part.USER) + " WHERE " + statements.ofUser(part) + ")")
                .filter(number -> number > 0)
                .map(number -> number + (number == 1 ? " row of " : " rows of ") + table
                        + (number == 1 ? " has" : " have") + " no row in " + users);
    }

    /** What stands where a count would: an empty list means none. */
    static String notLookedAt(String what, String gap) {
        return "not looked at: " + what + ", for " + gap;
    }
}
