package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every row of the table of semantics is asserted by a test, which says so by its annotation. */
final class SemanticsCoverageTests {

    private static final int ROWS = 115;

    @Test
    void everyRow_hasATest() {
        JavaClasses tests = new ClassFileImporter().importPackages("rillite.querysets");
        Set<Integer> covered = new TreeSet<>();
        tests.stream()
                .flatMap(one -> one.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(SemanticsRow.class))
                .map(JavaMethod::reflect)
                .forEach(method -> IntStream.of(
                                method.getAnnotation(SemanticsRow.class).value())
                        .forEach(covered::add));
        assertThat(covered)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROWS).boxed().toList());
    }
}
