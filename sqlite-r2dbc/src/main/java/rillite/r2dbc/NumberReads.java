package rillite.r2dbc;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads numbers of every class; a value that does not fit, or would change, is an error. */
final class NumberReads {
    private static final double TWO_63 = 0x1p63;

    private NumberReads() {}

    /** A whole number between the bounds, from INTEGER, from REAL without a fraction or from decimal text. */
    static long whole(Cell cell, long min, long max) {
        long value = switch (cell.storage()) {
            case INTEGER -> cell.integer();
            case REAL -> exact(cell);
            case TEXT -> parsed(cell);
            default -> throw CodecErrors.mismatch(cell);
        };
        if (value < min || value > max) {
            throw CodecErrors.outside(cell, min, max);
        }
        return value;
    }

    static BigInteger bigInteger(Cell cell) {
        return switch (cell.storage()) {
            case INTEGER -> BigInteger.valueOf(cell.integer());
            case REAL -> integral(cell);
            case TEXT -> integer(cell);
            default -> throw CodecErrors.mismatch(cell);
        };
    }

    static BigDecimal bigDecimal(Cell cell) {
        return switch (cell.storage()) {
            case INTEGER -> BigDecimal.valueOf(cell.integer());
            case REAL -> BigDecimal.valueOf(finite(cell));
            case TEXT -> decimal(cell);
            default -> throw CodecErrors.mismatch(cell);
        };
    }

    static Double real(Cell cell) {
        return switch (cell.storage()) {
            case INTEGER -> {
                long value = cell.integer();
                double real = value;
                if (real == TWO_63 || (long) real != value) {
                    throw CodecErrors.inexact(cell, "Long");
                }
                yield real;
            }
            case REAL -> cell.real();
            case TEXT -> {
                double real = decimal(cell).doubleValue();
                if (Double.isInfinite(real)) {
                    throw CodecErrors.inexact(cell, "BigDecimal");
                }
                yield real;
            }
            default -> throw CodecErrors.mismatch(cell);
        };
    }

    /** The nearest float: rounding belongs to the class, but no integer, range or smallness may be lost. */
    static Float single(Cell cell) {
        double wide = real(cell);
        float value = (float) wide;
        boolean vanished = value == 0 && wide != 0 || Float.isInfinite(value) && !Double.isInfinite(wide);
        if (vanished || cell.storage() == StorageClass.INTEGER && value != wide) {
            throw CodecErrors.inexact(cell, "Double");
        }
        return value;
    }

    private static long exact(Cell cell) {
        double real = cell.real();
        if (real != Math.rint(real)) {
            throw CodecErrors.inexact(cell, "Double or BigDecimal");
        }
        if (real < -TWO_63 || real >= TWO_63) {
            throw CodecErrors.unreadable(cell, CodecErrors.RANGE, "the value is outside 64 bits; ask for Double");
        }
        return (long) real;
    }

    private static long parsed(Cell cell) {
        BigInteger value = integer(cell);
        if (value.bitLength() >= Long.SIZE) {
            throw CodecErrors.unreadable(cell, CodecErrors.RANGE, "the value is outside 64 bits; ask for BigInteger");
        }
        return value.longValue();
    }

    private static BigInteger integral(Cell cell) {
        double real = finite(cell);
        if (real != Math.rint(real)) {
            throw CodecErrors.inexact(cell, "Double or BigDecimal");
        }
        return new BigDecimal(real).toBigInteger();
    }

    private static double finite(Cell cell) {
        double real = cell.real();
        if (Double.isInfinite(real)) {
            throw CodecErrors.unreadable(cell, CodecErrors.RANGE, "the value is infinite; ask for Double");
        }
        return real;
    }

    private static BigInteger integer(Cell cell) {
        try {
            return new BigInteger(digits(cell));
        } catch (NumberFormatException e) {
            throw CodecErrors.unreadable(cell, CodecErrors.CAST, "the text is no whole number; ask for String");
        }
    }

    private static BigDecimal decimal(Cell cell) {
        try {
            return new BigDecimal(digits(cell));
        } catch (NumberFormatException e) {
            throw CodecErrors.unreadable(cell, CodecErrors.CAST, "the text is no number; ask for String");
        }
    }

    private static String digits(Cell cell) {
        String text = cell.text();
        if (text.length() > ValueEncoder.MAX_DIGITS) {
            throw CodecErrors.unreadable(
                    cell,
                    CodecErrors.RANGE,
                    "the text is longer than " + ValueEncoder.MAX_DIGITS + " characters; ask for String");
        }
        return text.strip();
    }
}
