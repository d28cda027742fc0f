package rillite.cli.page;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A page in a browser. */
final class Tab {

    private static final Set<String> COMPLAINTS =
            Set.of("Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening");

    private final DevTools tools;
    private final String session;
    private final URI page;

    Tab(DevTools tools, String session, URI page) {
        this.tools = tools;
        this.session = session;
        this.page = page;
    }

    void load() {
        List.of("Page", "Runtime", "Log", "Network").forEach(domain -> send(domain + ".enable", Map.of()));
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1280, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        send("Page.navigate", Map.of("url", page.toString()));
        // An event of loading may be that of the empty page before; the page may go while it is asked.
        Awaitility.await("the page is loaded")
                .atMost(DevTools.PATIENCE)
                .ignoreExceptions()
                .until(() -> URI.create(evaluate("location.href").asString("")).equals(page)
                        && is("document.readyState === 'complete'"));
    }

    private static boolean is(JsonNode event, String method) {
        return event.path("method").asString("").equals(method);
    }

    JsonNode send(String method, Map<String, ?> parameters) {
        return tools.send(session, method, parameters);
    }

    /** The value of an expression of JavaScript. */
    JsonNode evaluate(String expression) {
        JsonNode answer = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    boolean is(String expression) {
        return evaluate(expression).asBoolean(false);
    }

    void await(String expression) {
        Awaitility.await(expression).atMost(DevTools.PATIENCE).until(() -> is(expression));
    }

    /** Presses and releases the mouse in the middle of the first element that a selector finds. */
    void click(String selector) {
        JsonNode middle = evaluate("(() => { const found = document.querySelector('" + selector + "');"
                + " found.scrollIntoView({block: 'center'}); const area = found.getBoundingClientRect();"
                + " return {x: area.x + area.width / 2, y: area.y + area.height / 2}; })()");
        for (String event : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            event,
                            "x",
                            middle.get("x").asDouble(),
                            "y",
                            middle.get("y").asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** Errors and warnings of the console, exceptions, dialogs, and everything that was loaded but the page itself. */
    List<JsonNode> complaints() {
        return tools.events(session).stream()
                .filter(event -> COMPLAINTS.contains(event.path("method").asString(""))
                        || is(event, "Runtime.consoleAPICalled")
                        || isForeignRequest(event))
                .toList();
    }

    private boolean isForeignRequest(JsonNode event) {
        return is(event, "Network.requestWillBeSent")
                && !URI.create(event.at("/params/request/url").asString("")).equals(page);
    }

    int requests() {
        return (int) tools.events(session).stream()
                .filter(event -> is(event, "Network.requestWillBeSent"))
                .count();
    }
}
