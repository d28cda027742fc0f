package rillite.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All samples of one workload: rival, then metric, then one value per round. */
final class Results {

    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    void add(String rival, Sample sample) {
        sample.metrics().forEach((metric, value) -> add(rival, metric, value));
    }

    void add(String rival, String metric, double value) {
        values.computeIfAbsent(rival, name -> new LinkedHashMap<>())
                .computeIfAbsent(metric, name -> new ArrayList<>())
                .add(value);
    }

    List<String> rivals() {
        return List.copyOf(values.keySet());
    }

    List<String> metrics(String rival) {
        return List.copyOf(values.getOrDefault(rival, Map.of()).keySet());
    }

    List<Double> of(String rival, String metric) {
        return values.getOrDefault(rival, Map.of()).getOrDefault(metric, List.of());
    }

    double median(String rival, String metric) {
        return Figures.median(of(rival, metric));
    }

    /** Median of the ratios of each round, so that what disturbs a whole round disturbs both sides. */
    double medianRatio(String rival, String against, String metric) {
        List<Double> mine = of(rival, metric);
        List<Double> theirs = of(against, metric);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(mine.size(), theirs.size()); round++) {
            ratios.add(mine.get(round) / theirs.get(round));
        }
        return Figures.median(ratios);
    }
}
