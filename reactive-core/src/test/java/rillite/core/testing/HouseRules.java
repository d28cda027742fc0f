package rillite.core.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of the house for library main code, apart from the classes they are checked on. */
final class HouseRules {
    private static final Set<String> WAITING =
            Set.of("block", "blockOptional", "blockFirst", "blockLast", "toIterable", "toStream");
    private static final Set<String> BANNED = Set.of(
            "java.lang.Thread.sleep",
            "java.lang.System.out",
            "java.lang.System.err",
            "java.lang.System.currentTimeMillis",
            "java.lang.Throwable.printStackTrace",
            "reactor.core.scheduler.Schedulers.boundedElastic");

    /**
     * The only class that may wait for a publisher: contracts of Spring Security that give results at once stand on it, and it
     * refuses threads that must not wait.
     */
    private static final String MAY_WAIT = "rillite.auth.spring.security.BlockingPasskeyRepositories";

    private HouseRules() {}

    /** Libraries that may be named in some rooms only. */
    static List<ArchRule> walls() {
        return List.of(
                wall(List.of("java.sql..", "javax.sql..", "org.sqlite.."), "rillite.r2dbc.."),
                wall(List.of("io.r2dbc.."), "rillite.r2dbc..", "rillite.querysets..", "rillite.auth.."),
                wall(List.of("org.springframework.."), "rillite..spring.."),
                wall(List.of("io.vertx.."), "rillite..vertx.."),
                wall(List.of("picocli..", "org.jline..", "me.tongfei.."), "rillite.cli.."));
    }

    private static ArchRule wall(List<String> libraries, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries.toArray(String[]::new)))
                .allowEmptyShould(true);
    }

    /** Of our own packages a module sees itself and the given ones. */
    static ArchRule arrows(String root, List<String> seen) {
        String[] allowed = Stream.concat(Stream.of(root), seen.stream())
                .map(name -> name + "..")
                .toArray(String[]::new);
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("rillite..").and(not(resideInAnyPackage(allowed))));
    }

    /** Packages that are public in Java only: nobody else's business. */
    static ArchRule privateRooms(String root) {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("rillite..internal..", "rillite..ast..")
                        .and(not(resideInAPackage(root + ".."))));
    }

    static ArchRule noCycles() {
        return slices().matching("rillite.(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    /** A private exception is a jump inside one class; users never see it. */
    static ArchRule exceptionsOfOneFamily(String family) {
        return classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .areNotPrivate()
                .should()
                .beAssignableTo(assignableTo(family).or(assignableTo("io.r2dbc.spi.R2dbcException")))
                .allowEmptyShould(true);
    }

    static ArchRule finalClasses() {
        return classes().should(new ArchCondition<>("be final, sealed or abstract when they are concrete") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean open = !type.isInterface()
                        && !type.isEnum()
                        && !type.isAnonymousClass()
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                        && !type.getModifiers().contains(JavaModifier.FINAL)
                        && !type.getSuperclass()
                                .map(parent -> parent.toErasure().isEnum())
                                .orElse(false)
                        && !type.reflect().isSealed();
                events.add(new SimpleConditionEvent(type, !open, type.getName() + " is open for extension"));
            }
        });
    }

    /** Nothing waits on a publisher, sleeps, prints, reads the wall clock or hires threads elsewhere. */
    static ArchRule nothingBanned() {
        return classes().should(new ArchCondition<>("neither block, sleep, print nor read the wall clock") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf()
                        .forEach(access ->
                                events.add(new SimpleConditionEvent(type, !isBanned(access), access.getDescription())));
            }
        });
    }

    private static boolean isBanned(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return BANNED.contains(owner.getName() + "." + name)
                || (WAITING.contains(name)
                        && owner.isAssignableTo("org.reactivestreams.Publisher")
                        && !access.getOriginOwner().getName().equals(MAY_WAIT))
                || (name.equals("printStackTrace") && owner.isAssignableTo(Throwable.class));
    }
}
