package rillite.cli.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rillite.cli.page.Graph.Arrow;
import rillite.cli.page.Graph.Size;
import rillite.cli.page.Layout.Point;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Table;

/** Tables and the foreign keys between them, as SVG. Each box is a link to the section of its table. */
final class Diagram {

    /** Of more tables than that no browser makes a picture in time, and nobody could read it. */
    static final int MOST_TABLES = 1000;

    private static final int MARGIN = 16;
    private static final int LOOP = 34;
    /** Broader than that, a picture is scrolled and not shrunk. */
    private static final int MOST_SHRUNK = 1900;

    private static final int LEAST_SHRUNK = 1000;

    private final Anchors anchors;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final Layout layout;

    /** A foreign key between two boxes. */
    private record Link(ForeignKey key, int child, int parent) {}

    Diagram(List<Table> shown, Anchors anchors) {
        this.anchors = anchors;
        Map<String, Integer> number = new HashMap<>();
        for (Table table : shown) {
            number.put(table.name().toLowerCase(Locale.ROOT), boxes.size());
            boxes.add(Box.of(table, shown.size()));
        }
        for (int child = 0; child < boxes.size(); child++) {
            for (ForeignKey key : boxes.get(child).table().foreignKeys()) {
                Integer parent = number.get(key.parentTable().toLowerCase(Locale.ROOT));
                if (parent != null) {
                    links.add(new Link(key, child, parent));
                }
            }
        }
        layout = Layout.of(new Graph(
                boxes.stream().map(Box::size).toList(),
                links.stream()
                        .map(link -> new Arrow(link.child(), link.parent()))
                        .toList()));
    }

    boolean isEmpty() {
        return boxes.isEmpty();
    }

    /** Whether it fits a screen when it is made smaller; else it is scrolled. */
    boolean shrinks() {
        int width = layout.size().width();
        return width >= LEAST_SHRUNK && width <= MOST_SHRUNK && layout.size().height() <= MOST_SHRUNK;
    }

    void write(Markup markup) {
        int width = layout.size().width() + 2 * MARGIN + LOOP;
        int height = layout.size().height() + 2 * MARGIN;
        markup.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                -MARGIN + " " + -MARGIN + " " + width + " " + height,
                "width",
                width,
                "height",
                height,
                "aria-label",
                "Tables and foreign keys");
        markup.raw("\n").raw(Template.read("markers.svg"));
        links.forEach(link -> link(markup, link));
        for (int i = 0; i < boxes.size(); i++) {
            box(markup, boxes.get(i), layout.corners().get(i));
        }
        markup.end();
    }

    private void link(Markup markup, Link link) {
        Table child = boxes.get(link.child()).table();
        List<Column> columns = child.columns().stream()
                .filter(column -> link.key().columns().contains(column.name()))
                .toList();
        boolean optional = columns.stream().anyMatch(column -> !column.notNull());
        boolean single = child.isUnique(columns);
        markup.open(
                "path",
                "class",
                optional ? "link optional" : "link",
                "data-from",
                anchors.id(child),
                "data-to",
                anchors.id(boxes.get(link.parent()).table()),
                "marker-start",
                single ? "url(#one)" : "url(#many)",
                "marker-end",
                "url(#one)",
                "d",
                path(link));
        markup.element("title", link.key().toString()).end();
    }

    private String path(Link link) {
        Box child = boxes.get(link.child());
        Box parent = boxes.get(link.parent());
        Point from = layout.corners().get(link.child());
        Point to = layout.corners().get(link.parent());
        Size childSize = child.size();
        int fromY = from.y() + child.port(link.key().columns());
        int toY = to.y() + parent.port(Box.referenced(link.key(), parent.table()));
        if (link.child() == link.parent()) {
            int x = from.x() + childSize.width();
            int below = fromY == toY ? toY + Box.LINE / 2 : toY;
            return "M" + x + " " + fromY + " C" + (x + LOOP) + " " + fromY + " " + (x + LOOP) + " " + below + " " + x
                    + " " + below;
        }
        boolean forward = from.x() < to.x();
        int startX = forward ? from.x() + childSize.width() : from.x();
        int endX = forward ? to.x() : to.x() + parent.size().width();
        StringBuilder path = new StringBuilder("M" + startX + " " + fromY);
        Point at = new Point(startX, fromY);
        List<Point> way = layout.ways().getOrDefault(new Arrow(link.child(), link.parent()), List.of());
        for (int i = 0; i < way.size(); i += 2) {
            curve(path, at, way.get(i));
            at = way.get(i + 1);
            path.append(" L").append(at.x()).append(' ').append(at.y());
        }
        curve(path, at, new Point(endX, toY));
        return path.toString();
    }

    private static void curve(StringBuilder path, Point at, Point to) {
        int middle = (at.x() + to.x()) / 2;
        path.append(" C" + middle + " " + at.y() + " " + middle + " " + to.y() + " " + to.x() + " " + to.y());
    }

    private void box(Markup markup, Box box, Point corner) {
        Size size = box.size();
        String kind = box.table().kind().name().toLowerCase(Locale.ROOT);
        markup.open(
                "a",
                "class",
                "box " + kind,
                "href",
                "#" + anchors.id(box.table()),
                "id",
                Anchors.box(anchors.id(box.table())),
                "transform",
                "translate(" + corner.x() + " " + corner.y() + ")");
        markup.element("title", box.table().name());
        markup.empty("rect", "class", "frame", "width", size.width(), "height", size.height(), "rx", 6);
        markup.element("text", box.title(), "class", "title", "x", Box.PADDING, "y", Box.HEAD - 10);
        int y = Box.HEAD + Box.PADDING / 2 + Box.LINE - 5;
        if (!box.lines().isEmpty()) {
            markup.empty("path", "class", "rule", "d", "M0 " + Box.HEAD + " h" + size.width());
        }
        for (Box.Line line : box.lines()) {
            line(markup, line, y, size.width());
            y += Box.LINE;
        }
        if (box.hasMore()) {
            markup.element("text", "and " + box.more() + " more", "class", "more", "x", Box.PADDING, "y", y);
        }
        markup.end();
    }

    private static void line(Markup markup, Box.Line line, int y, int width) {
        String look = line.key() ? "column key" : line.reference() ? "column reference" : "column";
        markup.element("text", line.name(), "class", look, "x", Box.PADDING, "y", y);
        markup.element("text", line.type(), "class", "type", "x", width - Box.PADDING, "y", y);
    }
}
