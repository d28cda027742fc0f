package rillite.querysets.insights;

/**
 * How much insights remember, and what they report. Immutable.
 *
 * <p>In memory they take 32 KB, and for each shape 2 to 8 KB and its text of at most 10,000 characters: with the defaults
 * less than 1 MB as a rule, and 6 MB at the most.
 *
 * @param shapes how many texts of statements are told apart, at least 1; what comes after is counted together
 * @param repeats from how many runs of one text by one subscriber on it is reported, at least 2
 * @param largeTable from how many rows on a table that is read whole is reported, at least 1
 */
public record InsightOptions(int shapes, int repeats, long largeTable) {

    static final int LONGEST = 10_000;

    private static final InsightOptions DEFAULTS = new InsightOptions(200, 10, 1_000);

    public InsightOptions {
        if (shapes < 1 || repeats < 2 || largeTable < 1) {
            throw new IllegalArgumentException("shapes and largeTable must be at least 1 and repeats at least 2, got "
                    + shapes + ", " + largeTable + " and " + repeats);
        }
    }

    /** 200 shapes, 10 repeats, tables of 1,000 rows. */
    public static InsightOptions defaults() {
        return DEFAULTS;
    }

    /** Sets how many texts are told apart. */
    public InsightOptions shapes(int most) {
        return new InsightOptions(most, repeats, largeTable);
    }

    /** Sets from how many runs by one subscriber on a text is reported as repeated. */
    public InsightOptions repeats(int least) {
        return new InsightOptions(shapes, least, largeTable);
    }

    /** Sets from how many rows on a table is large. */
    public InsightOptions largeTable(long rows) {
        return new InsightOptions(shapes, repeats, rows);
    }
}
