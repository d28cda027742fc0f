package rillite.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One way to use SQLite from Java. */
interface Rival {

    String name();

    /** What exactly is measured, for the head of the report. */
    String description();

    Store open(Path file, Settings settings);

    static List<Rival> all() {
        List<Rival> all = new ArrayList<>(List.of(new RilliteRival(false), new RilliteRival(true)));
        all.addAll(QuerySetRival.all());
        all.addAll(List.of(
                new HikariRival(),
                new JooqRival(),
                new EbeanRival(false),
                new EbeanRival(true),
                new JdbcRival(),
                AuthRival.remembering(),
                AuthRival.forgetting(),
                new SessionRowsRival(),
                new ReactiveSessionRival(),
                new SpringSessionRival()));
        return all;
    }

    static Rival named(String name) {
        return all().stream()
                .filter(rival -> rival.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("bench.rivals \"" + name + "\" is unknown. Rivals: "
                        + String.join(", ", all().stream().map(Rival::name).toList())));
    }
}
