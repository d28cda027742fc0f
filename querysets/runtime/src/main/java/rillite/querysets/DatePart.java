package rillite.querysets;

/** A part of a date or time, from the largest to the smallest. */
public enum DatePart {
    YEAR(Transform.YEAR),
    QUARTER(Transform.QUARTER),
    MONTH(Transform.MONTH),
    /** The week of ISO 8601, which begins on Monday. */
    WEEK(Transform.WEEK),
    DAY(Transform.DAY),
    HOUR(Transform.HOUR),
    MINUTE(Transform.MINUTE),
    SECOND(Transform.SECOND);

    private final Transform transform;

    DatePart(Transform transform) {
        this.transform = transform;
    }

    /** Reads this part as a number. */
    Transform transform() {
        return transform;
    }

    boolean isTime() {
        return compareTo(DAY) > 0;
    }
}
