package rillite.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The positive control of the rules: without it, a rule that sees nothing would be green. */
final class HouseRulesTests {
    @Test
    void nothingBanned_reportsEveryBannedCall() {
        assertThat(broken(HouseRules.nothingBanned(), Banned.class)).hasSize(8);
        assertThat(broken(HouseRules.nothingBanned(), Clean.class)).isEmpty();
    }

    @Test
    void walls_reportAnImportInTheWrongRoom() {
        List<String> broken = HouseRules.walls().stream()
                .flatMap(wall -> broken(wall, Banned.class).stream())
                .toList();

        assertThat(broken).anyMatch(line -> line.contains("java.sql.Connection"));
    }

    @Test
    void arrows_reportAPackageThatIsNotSeen() {
        assertThat(broken(HouseRules.arrows("rillite.auth", List.of()), Banned.class))
                .anyMatch(line -> line.contains(Clean.class.getName()));
        assertThat(broken(HouseRules.arrows("rillite.auth", List.of("rillite.core")), Banned.class))
                .isEmpty();
    }

    @Test
    void exceptions_reportAStranger() {
        assertThat(broken(HouseRules.exceptionsOfOneFamily("java.lang.RuntimeException"), Stranger.class))
                .hasSize(1);
        assertThat(broken(HouseRules.exceptionsOfOneFamily("java.lang.Exception"), Stranger.class))
                .isEmpty();
        assertThat(broken(HouseRules.exceptionsOfOneFamily("java.lang.RuntimeException"), Jump.class))
                .isEmpty();
    }

    @Test
    void finalClasses_reportOpenOnes() {
        assertThat(broken(HouseRules.finalClasses(), Open.class)).hasSize(1);
        assertThat(broken(HouseRules.finalClasses(), Clean.class)).isEmpty();
        assertThat(broken(HouseRules.finalClasses(), Stream.of(Shape.values()).map(Object::getClass)))
                .isEmpty();
    }

    private static List<String> broken(ArchRule rule, Class<?> type) {
        return broken(rule, Stream.of(type));
    }

    private static List<String> broken(ArchRule rule, Stream<Class<?>> types) {
        var classes = new ClassFileImporter().importClasses(types.toArray(Class<?>[]::new));
        return rule.evaluate(classes).getFailureReport().getDetails();
    }

    private static final class Banned {
        private final Clean clean = new Clean();
        private final LongSupplier clock = System::currentTimeMillis;

        private void all(java.sql.Connection connection) throws InterruptedException {
            System.out.println(connection);
            System.err.println(clean);
            Thread.sleep(clock.getAsLong());
            Mono.just(1).block();
            Flux.just(1).toIterable();
            new Stranger().printStackTrace();
            Scheduler scheduler = Schedulers.boundedElastic();
            scheduler.dispose();
        }
    }

    private static final class Clean {}

    private static class Open {}

    private enum Shape {
        ROUND,
        SQUARE {}
    }

    static final class Stranger extends Exception {}

    private static final class Jump extends Exception {}
}
