package rillite.querysets;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The rows of the table of semantics that a test asserts, by their numbers from 1 to 115. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface SemanticsRow {
    int[] value();
}
