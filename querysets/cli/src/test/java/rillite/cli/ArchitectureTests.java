package rillite.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A program may wait and print; else the walls of the house hold here too. */
final class ArchitectureTests {

    private static final JavaClasses CLASSES = mainClasses();

    private static JavaClasses mainClasses() {
        try {
            var source = Main.class.getProtectionDomain().getCodeSource().getLocation();
            return new ClassFileImporter().importPath(Path.of(source.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void classes_useTheDatabaseThroughTheLayersBelow() {
        assertThat(CLASSES).isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.sqlite..", "rillite.core..", "rillite..ast.."))
                .check(CLASSES);
    }

    @Test
    void processEnds_inMainOnly() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void types_ofAFeature_arePrivateButItsDoors() {
        assertThat(CLASSES.stream()
                        .filter(type -> !type.getPackageName().equals("rillite.cli"))
                        .filter(type -> type.isTopLevelClass()
                                && !type.getSimpleName().equals("package-info")
                                && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(type -> type.getSimpleName()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).matches("\\w+Commands|Mermaid|PageFile|Queries"));
    }

    @Test
    void features_doNotUseEachOther() {
        // but the shell, which reads QuerySets as the command query does
        slices().matching("rillite.cli.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage("rillite.cli.shell"), simpleName("Queries"))
                .check(CLASSES);
    }
}
