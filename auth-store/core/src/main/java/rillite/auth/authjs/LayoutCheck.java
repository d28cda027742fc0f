package rillite.auth.authjs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at the tables of a file, and at their rows when the tables are right. */
final class LayoutCheck {

    private final Statements statements;
    private final Layout layout;

    LayoutCheck(Statements statements) {
        this.statements = statements;
        this.layout = statements.layout();
    }

    Mono<LayoutReport> report() {
        return FileTables.in(statements.database()).flatMap(file -> {
            List<String> problems = new ArrayList<>(LayoutProblems.of(file, layout));
            if (!problems.isEmpty()) {
                Layout.all().stream()
                        .filter(other -> !other.name().equals(layout.name()))
                        .filter(other -> LayoutProblems.of(file, other).isEmpty())
                        .forEach(other -> problems.add("the tables are those of the layout of " + other.name()
                                + ": use AuthJsAdapter." + other.name() + "(..)"));
                return Mono.just(new LayoutReport(problems, List.of(), List.of(), List.of()));
            }
            List<Part> there = layout.parts().stream()
                    .filter(part -> !file.columns(layout.table(part)).isEmpty())
                    .toList();
            return Mono.zip(duplicates(), orphans(there), dates(file))
                    .map(rows -> new LayoutReport(problems, rows.getT1(), rows.getT2(), rows.getT3()));
        });
    }

    /** Only what no key of a layout forbids. */
    private Mono<List<String>> duplicates() {
        String table = layout.quoted(Part.ACCOUNT);
        String sql = "SELECT count(*) AS number FROM (SELECT 1 FROM " + table
                + " GROUP BY provider, providerAccountId HAVING count(*) > 1)";
        return number(sql)
                .map(number -> number + (number == 1 ? " account is" : " accounts are") + " linked more than once ("
                        + layout.table(Part.ACCOUNT) + "): the first link counts")
                .flux()
                .collectList();
    }

    private Mono<List<String>> orphans(List<Part> there) {
        return Flux.fromIterable(there)
                .filter(part -> part != Part.USER && part != Part.VERIFICATION)
                .concatMap(part -> number("SELECT count(*) AS number FROM " + layout.quoted(part)
                                + " WHERE NOT EXISTS (SELECT 1 FROM " + layout.quoted(Part.USER) + " WHERE "
                                + statements.column(Part.USER, "id") + " = CAST(" + statements.column(part, "userId")
                                + " AS TEXT))")
                        .map(number -> number + (number == 1 ? " row of " : " rows of ") + layout.table(part)
                                + (number == 1 ? " has" : " have") + " no row in " + layout.table(Part.USER)))
                .collectList();
    }

    /** A number, empty when it is 0. */
    private Mono<Long> number(String sql) {
        return statements.database().sql(sql).values().flat(Long.class).get().filter(number -> number > 0);
    }

    private Mono<List<String>> dates(FileTables file) {
        return Flux.fromIterable(layout.parts())
                .concatMap(part -> Flux.fromIterable(part.fields())
                        .filter(field -> field.kind() == Field.Kind.DATE)
                        .concatMap(field -> dates(file, part, field.name())))
                .collectList();
    }

    private Flux<String> dates(FileTables file, Part part, String name) {
        String column = statements.column(part, name);
        String label = layout.table(part) + "." + name;
        FileTables.Column declared = file.columns(layout.table(part)).get(name);
        Flux<String> initial = declared == null || declared.initial() == null
                ? Flux.empty()
                : Flux.just("column " + label + " has the default " + declared.initial()
                        + ": a row that is written without it gets a date in another form, and looks verified");
        return initial.concatWith(statements
                .database()
                .sql("SELECT " + Field.typed(column) + " AS typed FROM " + layout.quoted(part) + " WHERE " + column
                        + " IS NOT NULL AND NOT (" + layout.dates().isOwn(column) + ")")
                .values()
                .flux()
                .map(row -> StoredDate.read(row.get("typed", String.class)) != null)
                .collectList()
                .flatMapIterable(readable -> sentences(label, readable)));
    }

    private static List<String> sentences(String label, List<Boolean> readable) {
        List<String> sentences = new ArrayList<>();
        int read = Collections.frequency(readable, true);
        if (read > 0) {
            sentences.add(read + " of " + label + " in the form of another layout, which is read");
        }
        if (read < readable.size()) {
            sentences.add(readable.size() - read + " of " + label
                    + " in no form that can be read: passed here, but Auth.js may serve them as valid");
        }
        return sentences;
    }
}
