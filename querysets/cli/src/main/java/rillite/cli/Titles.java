package rillite.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Titles of the columns of an answer, where each must stand for one. */
public final class Titles {

    private Titles() {}

    /** The same titles; one that occurs again gets a number, so that no value is lost. */
    public static List<String> distinct(List<String> titles) {
        List<String> distinct = new ArrayList<>(titles.size());
        Set<String> taken = new HashSet<>();
        for (String title : titles) {
            String name = title;
            for (int i = 2; !taken.add(name); i++) {
                name = title + "_" + i;
            }
            distinct.add(name);
        }
        return List.copyOf(distinct);
    }
}
