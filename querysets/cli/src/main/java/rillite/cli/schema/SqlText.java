package rillite.cli.schema;

import rillite.cli.Printable;
import rillite.cli.Terminal;

/** SQL on a screen, or as it is where another program reads it. */
final class SqlText {

    private SqlText() {}

    static void print(String sql, Terminal terminal) {
        if (terminal.watched()) {
            sql.lines().forEach(line -> terminal.out().println(Printable.of(line.replace("\t", "    "))));
        } else {
            terminal.out().print(sql);
        }
    }
}
