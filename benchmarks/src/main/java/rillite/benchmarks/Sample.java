package rillite.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one run measured: metrics by name, in the order of the report. */
record Sample(Map<String, Double> metrics) {

    Sample {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    static Sample of(String metric, double value) {
        return new Sample(Map.of(metric, value));
    }
}
