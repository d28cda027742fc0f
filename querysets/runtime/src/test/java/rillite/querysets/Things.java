package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table with a column of every type, and its table class, for functions. */
final class Things {

    static final String SCRIPT = """
            CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL, nick TEXT, n INTEGER, r REAL, d DECIMAL,
              day DATE, at DATETIME, raw BLOB, meta JSON, moment TEXT, flag BOOLEAN, untyped);
            INSERT INTO thing VALUES (1, '  Ann  ', NULL, -7, 2.5, 1.25, '2021-05-06', '2021-05-06 13:14:15.5', x'00ff',
              '{"a":{"b c":[1,"two",{"x.y":null}]},"n":[1,2,3]}', '2021-05-06T13:14:15.500Z', 1, 'u');
            INSERT INTO thing (id, name, nick) VALUES (2, 'Éva', 'Ev');
            """;

    private Things() {}

    record Thing(long id, String name) {}

    static final class ThingTable<R> extends Table<R, Thing> {

        static final ThingTable<Thing> THING = new ThingTable<>();

        final LongCol<R> id = longCol("id");
        final TextCol<R> name = textCol("name");
        final TextCol<R> nick = textCol("nick");
        final IntCol<R> n = intCol("n");
        final RealCol<R> r = realCol("r");
        final DecimalCol<R> d = decimalCol("d");
        final DateCol<R> day = dateCol("day");
        final DateTimeCol<R> at = dateTimeCol("at");
        final BlobCol<R> raw = blobCol("raw");
        final JsonCol<R> meta = jsonCol("meta");
        final InstantCol<R> moment = instantCol("moment");
        final BoolCol<R> flag = boolCol("flag");
        final AnyCol<R> untyped = anyCol("untyped");

        private ThingTable() {
            super(Thing.class, "thing");
        }

        @Override
        protected Thing read(Cells row) {
            return new Thing(row.get(id), row.get(name));
        }

        @Override
        protected @Nullable Object value(Thing row, int column) {
            return column == 0 ? (Object) row.id() : column == 1 ? row.name() : null;
        }

        @Override
        protected List<Object> related(Thing row) {
            return List.of();
        }
    }
}
