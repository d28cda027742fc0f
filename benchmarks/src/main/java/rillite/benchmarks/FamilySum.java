package rillite.benchmarks;

/** Adds up every column of related rows, and who belongs to whom. Equal sums mean that everything was read. Not thread-safe. */
final class FamilySum {

    private long rows;
    private long owned;
    private long text;
    private long pages;
    private double prices;

    void publisher(long id, String name) {
        rows++;
        owned += id;
        text += name.length();
    }

    /** Adds an author; 0 where the publisher is not looked at. */
    void author(long publisher, long id, String name, String email) {
        rows++;
        owned += publisher * id;
        text += name.length() + email.length();
    }

    void book(long author, long id, String title, long itsPages, double price) {
        rows++;
        owned += author * id;
        text += title.length();
        pages += itsPages;
        prices += price;
    }

    long rows() {
        return rows;
    }

    @Override
    public String toString() {
        return "rows=" + rows + " owned=" + owned + " text=" + text + " pages=" + pages + " prices=" + prices;
    }
}
