package rillite.querysets.migrate.make;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import rillite.querysets.schema.CreateText;

/** The statements of one draft, each cut into words once: the same ones come back with every dump. */
final class Texts {

    private final Map<String, CreateText> known = new ConcurrentHashMap<>();

    CreateText of(String sql) {
        return known.computeIfAbsent(sql, CreateText::of);
    }
}
