package rillite.cli.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value, by RFC 8259 to the letter: null, Boolean, Long, Double, BigDecimal, String, List or Map. */
final class JsonText {

    private static final int DEEPEST = 100;
    private static final int LONG_DIGITS = 18;
    private static final int DOUBLE_DIGITS = 15;
    private static final int LONGEST_NUMBER = 400;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * @throws BadValueException it is no JSON, or nested beyond {@value #DEEPEST} levels; the message says where
     */
    static @Nullable Object parse(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value(0);
        json.blanks();
        if (json.at < text.length()) {
            throw json.expected("the end");
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        if (depth > DEEPEST) {
            throw expected("fewer brackets in each other");
        }
        blanks();
        char c = peek();
        if (c == '{') {
            return object(depth);
        }
        if (c == '[') {
            return list(depth);
        }
        if (c == '"') {
            return string();
        }
        if (c == '-' || isDigit(c)) {
            return number();
        }
        for (Map.Entry<String, Boolean> word :
                Map.of("true", true, "false", false).entrySet()) {
            if (skip(word.getKey())) {
                return word.getValue();
            }
        }
        if (skip("null")) {
            return null;
        }
        throw expected("a value");
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        if (skipsTo("}")) {
            return object;
        }
        do {
            blanks();
            if (peek() != '"') {
                throw expected("a name in quotes");
            }
            String name = string();
            if (!skipsTo(":")) {
                throw expected("a colon");
            }
            if (object.containsKey(name)) {
                throw new BadValueException("the name \"" + name + "\" stands twice");
            }
            object.put(name, value(depth + 1));
        } while (skipsTo(","));
        if (!skipsTo("}")) {
            throw expected("a comma or }");
        }
        return object;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        if (skipsTo("]")) {
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (skipsTo(","));
        if (!skipsTo("]")) {
            throw expected("a comma or ]");
        }
        return list;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                at--;
                throw expected("an escape instead of a control character");
            }
            string.append(c == '\\' ? escaped() : c);
        }
        throw expected("an end of the quotes");
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw expected("an escape of JSON");
            }
        };
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw expected("four digits of a code");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    private Object number() {
        int from = at;
        skip("-");
        int first = at;
        digits();
        if (text.charAt(first) == '0' && at > first + 1) {
            at = first + 1;
            throw expected("no digit after a leading 0");
        }
        boolean whole = true;
        if (skip(".")) {
            whole = false;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        String number = text.substring(from, at);
        if (whole && at - first <= LONG_DIGITS) {
            return Long.parseLong(number);
        }
        // what a double cannot hold exactly keeps its digits
        return !whole && number.length() <= DOUBLE_DIGITS ? (Object) Double.valueOf(number) : decimal(number);
    }

    private static Object decimal(String number) {
        try {
            BigDecimal decimal = new BigDecimal(number.length() > LONGEST_NUMBER ? "" : number);
            if (Math.abs((long) decimal.scale()) > LONGEST_NUMBER) {
                return Double.valueOf(number);
            }
            double near = decimal.doubleValue();
            if (decimal.scale() <= 0 && decimal.precision() - decimal.scale() <= LONG_DIGITS + 1) {
                BigInteger whole = decimal.toBigIntegerExact();
                if (whole.bitLength() < Long.SIZE) {
                    return whole.longValue();
                }
            }
            return Double.isInfinite(near) || new BigDecimal(Double.toString(near)).compareTo(decimal) == 0
                    ? (Object) near
                    : decimal;
        } catch (NumberFormatException tooLarge) {
            return Double.valueOf(number);
        }
    }

    private void digits() {
        if (!isDigit(peek())) {
            throw expected("a digit");
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(String word) {
        if (!text.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private boolean skipsTo(String word) {
        blanks();
        return skip(word);
    }

    private BadValueException expected(String what) {
        return new BadValueException("no JSON: " + what + " expected at character " + (at + 1));
    }
}
