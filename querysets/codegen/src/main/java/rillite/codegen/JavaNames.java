package rillite.codegen;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Turns names of a database file into names of Java. What is no letter or digit only divides words. */
final class JavaNames {

    /** File systems bound names of files to 255 bytes; prefixes and suffixes come to these. */
    private static final int MOST_BYTES = 180;

    /** Methods without parameters that every record or table class has. */
    private static final Set<String> TAKEN = Set.of(
            "clone",
            "equals",
            "finalize",
            "getClass",
            "hashCode",
            "isNull",
            "notNull",
            "notify",
            "notifyAll",
            "toString",
            "wait");

    private JavaNames() {}

    /** {@code book_tag}, {@code order line} and {@code BOOK} become {@code BookTag}, {@code OrderLine} and {@code Book}. */
    static String type(String name) {
        StringBuilder type = new StringBuilder();
        words(name).forEach(word -> type.append(capital(word)));
        return begun(type.isEmpty() ? "Unnamed" : type.toString());
    }

    /** {@code mentor_id}, {@code order no} and {@code ISBN} become {@code mentorId}, {@code orderNo} and {@code isbn}. */
    static String member(String name) {
        List<String> words = words(name);
        if (words.isEmpty()) {
            return "unnamed";
        }
        StringBuilder member = new StringBuilder(small(words.get(0)));
        words.subList(1, words.size()).forEach(word -> member.append(capital(word)));
        String begun = begun(member.toString());
        return SourceVersion.isName(begun, SourceVersion.RELEASE_17) && !TAKEN.contains(begun) ? begun : begun + "_";
    }

    /** {@code OrderLine} becomes {@code ORDER_LINE}. */
    static String constant(String type) {
        StringBuilder constant = new StringBuilder();
        int before = 0;
        for (int at = 0; at < type.length(); at += Character.charCount(type.codePointAt(at))) {
            int c = type.codePointAt(at);
            int next = at + Character.charCount(c);
            boolean up = Character.isUpperCase(c);
            boolean ends = next < type.length() && Character.isLowerCase(type.codePointAt(next));
            boolean hump = up && (Character.isLowerCase(before) || Character.isUpperCase(before) && ends);
            boolean number = Character.isDigit(c) && Character.isLetter(before) || up && Character.isDigit(before);
            if (hump || number) {
                constant.append('_');
            }
            constant.appendCodePoint(c);
            before = c;
        }
        return constant.toString().toUpperCase(Locale.ROOT);
    }

    /** Whether a name can be given to something in Java as it is. */
    static boolean isName(String name) {
        return SourceVersion.isIdentifier(name) && SourceVersion.isName(name, SourceVersion.RELEASE_17);
    }

    /** Reads the name of a class: {@code com.example.Status}, {@code com.example.Order.Status}. */
    static ClassName className(String text) {
        String name = text.strip().replace('$', '.');
        for (String part : name.split("\\.", -1)) {
            if (!isName(part)) {
                throw new CodegenException("\"" + text + "\" is no name of a class.");
            }
        }
        try {
            return ClassName.bestGuess(name);
        } catch (IllegalArgumentException noCapital) {
            int dot = name.lastIndexOf('.');
            return ClassName.get(dot < 0 ? "" : name.substring(0, dot), name.substring(dot + 1));
        }
    }

    private static List<String> words(String name) {
        boolean shouted = name.codePoints().noneMatch(Character::isLowerCase);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int bytes = 0;
        for (int at = 0; at < name.length() && bytes < MOST_BYTES; at += Character.charCount(name.codePointAt(at))) {
            int c = name.codePointAt(at);
            if (Character.isLetterOrDigit(c) && Character.isJavaIdentifierPart(c)) {
                word.appendCodePoint(shouted ? Character.toLowerCase(c) : c);
                bytes += c < 0x80 ? 1 : 4;
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static String capital(String word) {
        int first = word.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + word.substring(Character.charCount(first));
    }

    private static String small(String word) {
        int first = word.codePointAt(0);
        boolean shouted = word.length() > 1 && word.codePoints().noneMatch(Character::isLowerCase);
        return shouted
                ? word.toLowerCase(Locale.ROOT)
                : Character.toString(Character.toLowerCase(first)) + word.substring(Character.charCount(first));
    }

    private static String begun(String name) {
        return Character.isJavaIdentifierStart(name.codePointAt(0)) ? name : "_" + name;
    }
}
