package rillite.benchmarks;

/** Adds up every column of every row it is given; equal sums mean that the whole row was read. Not thread-safe. */
final class Sums {

    private long rows;
    private long ids;
    private long textLength;
    private long amounts;
    private double scores;

    static Sums expected(long rows) {
        Sums sums = new Sums();
        for (long id = 1; id <= rows; id++) {
            sums.add(Item.of(id));
        }
        return sums;
    }

    void add(Item item) {
        add(1, item.id(), item.name().length() + item.email().length(), item.amount(), item.score());
    }

    void add(long addedRows, long addedIds, long addedText, long addedAmounts, double addedScores) {
        rows += addedRows;
        ids += addedIds;
        textLength += addedText;
        amounts += addedAmounts;
        scores += addedScores;
    }

    long rows() {
        return rows;
    }

    @Override
    public String toString() {
        return "rows=" + rows + " ids=" + ids + " text=" + textLength + " amounts=" + amounts + " scores=" + scores;
    }
}
