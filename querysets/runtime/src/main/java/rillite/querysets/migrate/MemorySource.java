package rillite.querysets.migrate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files given in memory; those of an environment are named {@code environment/name}. */
record MemorySource(Map<String, String> files) implements Source {

    MemorySource {
        files = Map.copyOf(files);
    }

    @Override
    public List<SourceFile> read(@Nullable String environment) {
        List<SourceFile> found = new ArrayList<>();
        String folder = environment + "/";
        new TreeMap<>(files).forEach((path, text) -> {
            boolean inside = environment != null && path.startsWith(folder);
            String name = inside ? path.substring(folder.length()) : path;
            if (inside || path.indexOf('/') < 0) {
                found.add(new SourceFile(name, path, text.getBytes(StandardCharsets.UTF_8)));
            }
        });
        return found;
    }

    @Override
    public String toString() {
        return "memory";
    }
}
