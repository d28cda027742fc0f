package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditions as values. */
final class QTests {

    private static final Q<Object> A = Q.of("a", "secret");
    private static final Q<Object> B = Q.of("b__gt", 1);

    @Test
    void toString_showsKeysButNoValues() {
        assertThat(A.and(B).or(A.not()).toString()).isEqualTo("(a and b__gt) or not (a)");
        assertThat(A.xor(B)).hasToString("a xor b__gt");
        assertThat(Fields.of("a", "secret")).hasToString("Fields[a]");
    }

    @Test
    void combining_sameKind_addsNoLevel() {
        assertThat(Q.allOf(A, B, A)).hasToString("a and b__gt and a");
        assertThat(A.or(B).or(A)).hasToString("a or b__gt or a");
        assertThat(A.xor(B.xor(A))).hasToString("a xor b__gt xor a");
    }

    @Test
    void combining_withEmpty_changesNothing() {
        assertThat(Q.anyOf(Q.empty(), A, Q.empty())).hasToString("a");
        assertThat(A.and(Q.empty())).hasToString("a");
        assertThat(Q.empty().and(Q.empty()).isEmpty()).isTrue();
        assertThat(Q.empty().not().isEmpty()).isTrue();
        assertThat(A.when(false).isEmpty()).isTrue();
        assertThat(A.when(true)).isSameAs(A);
    }

    @Test
    void of_map_keepsItsOrderAndNulls() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put("a", 1);
        assertThat(Q.of(map)).hasToString("z and a");
    }

    @Test
    void conditionForAnyRoot_combinesWithOneForARoot() {
        Q<String> ofRoot = Q.<String>allOf(A).and(B);
        assertThat(ofRoot.or(A)).hasToString("(a and b__gt) or a");
    }

    @Test
    void options_areImmutable() {
        DatabaseOptions defaults = DatabaseOptions.defaults();
        assertThat(defaults.readOnly().driverOptions()).containsEntry("mode", "ro");
        assertThat(defaults.existing().driverOption("synchronous", "NORMAL").driverOptions())
                .containsEntry("mode", "rw")
                .containsEntry("synchronous", "NORMAL");
        assertThat(defaults.driverOptions()).isEmpty();
        assertThat(defaults.rememberedShapes(3).rememberedShapes()).isEqualTo(3);
    }
}
