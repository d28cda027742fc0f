package rillite.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The walls of the house, checked on the main classes of one module. A library module has one final subclass,
 * {@code ArchitectureTests}.
 */
public abstract class ArchitectureRules {
    private static final Map<String, JavaClasses> LOADED = new ConcurrentHashMap<>();

    private final String root;
    private final String family;
    private final List<String> seen;
    private final JavaClasses classes;

    /**
     * @param root the root package of the module
     * @param family the simple name of the root of its exceptions, in the root package
     * @param seen the root packages of the modules it may use
     */
    protected ArchitectureRules(String root, String family, String... seen) {
        this.root = root;
        this.family = root + "." + family;
        this.seen = List.of(seen);
        this.classes = LOADED.computeIfAbsent(root, ArchitectureRules::mainClasses);
    }

    private static JavaClasses mainClasses(String root) {
        try {
            var source = packageInfo(root).getProtectionDomain().getCodeSource();
            return new ClassFileImporter()
                    .importPath(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> packageInfo(String name) {
        try {
            return Class.forName(name + ".package-info", false, ArchitectureRules.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("The package " + name + " has no annotated package-info.java", e);
        }
    }

    @BeforeEach
    protected final void classes_areLoaded() {
        assertThat(classes.stream().map(JavaClass::getPackageName)).contains(root);
    }

    @Test
    protected final void libraries_areNamedInTheirRoomsOnly() {
        HouseRules.walls().forEach(wall -> wall.check(classes));
    }

    @Test
    protected final void arrows_runOneWay() {
        HouseRules.arrows(root, seen).check(classes);
    }

    @Test
    protected final void internals_areUsedAtHomeOnly() {
        HouseRules.privateRooms(root).check(classes);
    }

    @Test
    protected final void packages_haveNoCycles() {
        HouseRules.noCycles().check(classes);
    }

    @Test
    protected final void packages_stayBelowTheRoot() {
        assertThat(classes.stream().map(JavaClass::getPackageName))
                .allMatch(name -> name.equals(root) || name.startsWith(root + "."));
    }

    @Test
    protected final void packages_areNullMarked() {
        var packages = new TreeSet<String>();
        classes.forEach(type -> packages.add(type.getPackageName()));
        assertThat(packages).allMatch(name -> packageInfo(name).isAnnotationPresent(NullMarked.class));
    }

    @Test
    protected final void exceptions_belongToOneFamily() {
        HouseRules.exceptionsOfOneFamily(family).check(classes);
    }

    @Test
    protected final void classes_areFinal() {
        HouseRules.finalClasses().check(classes);
    }

    @Test
    protected final void code_neitherBlocksNorPrints() {
        HouseRules.nothingBanned().check(classes);
    }
}
