package rillite.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What Maven and IDEs are told about the goals. */
final class DescriptorTests {

    private static Document read(String resource) throws Exception {
        try (InputStream in =
                Objects.requireNonNull(DescriptorTests.class.getClassLoader().getResourceAsStream(resource))) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private static Document plugin() throws Exception {
        return read("META-INF/maven/plugin.xml");
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }

    @Test
    void goals_haveThePrefixOfTheProject_andGenerateItsPhase() throws Exception {
        Document plugin = plugin();

        assertThat(text(plugin.getDocumentElement(), "goalPrefix")).isEqualTo("rillite");
        assertThat(elements(plugin.getElementsByTagName("mojo")))
                .extracting(mojo -> text(mojo, "goal") + " " + text(mojo, "phase") + " " + text(mojo, "threadSafe"))
                .containsExactlyInAnyOrder("generate generate-sources true", "migrate  true");
    }

    @Test
    void parameters_areExplained() throws Exception {
        List<Element> parameters = elements(plugin().getElementsByTagName("parameter"));

        assertThat(parameters).hasSizeGreaterThan(10);
        assertThat(parameters)
                .filteredOn(parameter -> text(parameter, "editable").equals("true"))
                .allSatisfy(parameter -> assertThat(text(parameter, "description"))
                        .as(text(parameter, "name"))
                        .isNotEmpty());
    }

    @Test
    void everyGoal_hasARuleForEclipse() throws Exception {
        List<String> goals = elements(plugin().getElementsByTagName("mojo")).stream()
                .map(mojo -> text(mojo, "goal"))
                .toList();

        assertThat(elements(read("META-INF/m2e/lifecycle-mapping-metadata.xml").getElementsByTagName("goal")))
                .extracting(Element::getTextContent)
                .containsExactlyInAnyOrderElementsOf(goals);
    }
}
