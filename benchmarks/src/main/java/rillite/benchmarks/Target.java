package rillite.benchmarks;

/**
 * What a metric of a rival should reach.
 *
 * @param against the rival it is compared with; empty for an absolute bound
 * @param must the bound; for REPORT it is not used
 * @param aim what we would like; equal to {@code must} where there is only one figure
 */
record Target(Kind kind, String metric, String rival, String against, double must, double aim) {

    enum Kind {
        RATIO_AT_LEAST,
        VALUE_AT_MOST,
        REPORT_DIFFERENCE
    }

    static Target ratio(String metric, String against, double must, double aim) {
        return ratio(metric, "rillite", against, must, aim);
    }

    static Target ratio(String metric, String rival, String against, double must, double aim) {
        return new Target(Kind.RATIO_AT_LEAST, metric, rival, against, must, aim);
    }

    static Target atMost(String metric, double must) {
        return atMost(metric, "rillite", must);
    }

    static Target atMost(String metric, String rival, double must) {
        return new Target(Kind.VALUE_AT_MOST, metric, rival, "", must, must);
    }

    static Target difference(String metric, String against) {
        return difference(metric, "rillite", against);
    }

    static Target difference(String metric, String rival, String against) {
        return new Target(Kind.REPORT_DIFFERENCE, metric, rival, against, 0, 0);
    }

    /** The figure to compare with the bound; NaN where a rival did not run. */
    double measured(Results results) {
        return switch (kind) {
            case RATIO_AT_LEAST -> results.medianRatio(rival, against, metric);
            case VALUE_AT_MOST -> results.median(rival, metric);
            case REPORT_DIFFERENCE -> results.median(rival, metric) - results.median(against, metric);
        };
    }

    Verdict verdict(double measured) {
        if (Double.isNaN(measured)) {
            return Verdict.NOT_RUN;
        }
        return switch (kind) {
            case RATIO_AT_LEAST -> measured >= aim ? Verdict.AIM_MET : measured >= must ? Verdict.MET : Verdict.MISSED;
            case VALUE_AT_MOST -> measured <= must ? Verdict.MET : Verdict.MISSED;
            case REPORT_DIFFERENCE -> Verdict.REPORTED;
        };
    }

    String text() {
        return switch (kind) {
            case RATIO_AT_LEAST ->
                metric + " of " + rival + " against " + against + ": at least " + Figures.plain(must)
                        + (aim > must ? " times, aim at " + Figures.plain(aim) : " times");
            case VALUE_AT_MOST -> metric + ": at most " + Figures.plain(must);
            case REPORT_DIFFERENCE -> metric + " of " + rival + " minus that of " + against;
        };
    }

    enum Verdict {
        AIM_MET("met, aim too"),
        MET("met"),
        MISSED("MISSED"),
        REPORTED("reported"),
        NOT_RUN("not run");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
