package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import rillite.querysets.schema.Names;

/** Orders renames so that no name is taken when it is given: swapped names go over a third one. */
final class Moves {

    private final Set<String> taken = new TreeSet<>();
    private final boolean caseIsFree;
    private final List<Move> steps = new ArrayList<>();

    /** One rename. */
    record Move(String from, String to) {}

    /**
     * @param names all names that exist
     * @param caseIsFree whether SQLite lets a name change its case in one step
     */
    Moves(List<String> names, boolean caseIsFree) {
        names.forEach(name -> taken.add(Names.fold(name)));
        this.caseIsFree = caseIsFree;
    }

    List<Move> ordered(Map<String, String> renames) {
        Map<String, String> left = new LinkedHashMap<>(renames);
        while (!left.isEmpty()) {
            String next = left.keySet().stream()
                    .filter(from -> isFree(from, String.valueOf(left.get(from))))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                String stuck = left.keySet().iterator().next();
                String between = between(stuck);
                String to = String.valueOf(left.remove(stuck));
                step(stuck, between);
                left.put(between, to);
            } else {
                step(next, String.valueOf(left.remove(next)));
            }
        }
        return steps;
    }

    private boolean isFree(String from, String to) {
        return !taken.contains(Names.fold(to)) || caseIsFree && Names.same(from, to);
    }

    private String between(String name) {
        String between = "rillite_" + name;
        while (taken.contains(Names.fold(between))) {
            between += "_";
        }
        return between;
    }

    private void step(String from, String to) {
        taken.remove(Names.fold(from));
        taken.add(Names.fold(to));
        steps.add(new Move(from, to));
    }
}
