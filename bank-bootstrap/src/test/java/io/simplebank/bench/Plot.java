package io.simplebank.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Lines over one axis of numbers, each of which is some times the one before; as SVG. */
final class Plot {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 240;
  private static final int MARGIN = 56;
  private static final int GRID = 4;
  private static final int LABELS = 12;
  private static final String[] COLOURS = {"#1f6fb4", "#c4501b"};

  private final String title;
  private final int[] across;
  private final List<Panel> panels = new ArrayList<>();
  private final List<Integer> marked = new ArrayList<>();
  private final List<String> marks = new ArrayList<>();

  /**
   * @param across the numbers of the axis, which are spread evenly
   */
  Plot(String title, int... across) {
    this.title = title;
    this.across = across.clone();
  }

  /** One more picture beside the others. */
  Panel panel(String unit) {
    Panel panel = new Panel(unit);
    panels.add(panel);
    return panel;
  }

  /** Something that happened there, in every picture. */
  void mark(int place, String what) {
    marked.add(place);
    marks.add(what);
  }

  /** A picture of several lines. */
  static final class Panel {
    private final String unit;
    private final List<String> names = new ArrayList<>();
    private final List<List<Double>> lines = new ArrayList<>();

    private Panel(String unit) {
      this.unit = unit;
    }

    Panel line(String name, List<Double> values) {
      names.add(name);
      lines.add(values);
      return this;
    }
  }

  String svg() {
    int width = panels.size() * (WIDTH + MARGIN) + MARGIN / 2;
    int height = HEIGHT + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
            font-family="sans-serif" font-size="12">
            <rect width="100%%" height="100%%" fill="white"/>
            <text x="%d" y="20" font-size="14">%s</text>
            """,
            width,
            height,
            width,
            height,
            MARGIN,
            title));
    for (int i = 0; i < panels.size(); i++) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<g transform=\"translate(%d %d)\">\n",
              MARGIN + i * (WIDTH + MARGIN),
              MARGIN));
      draw(panels.get(i), svg);
      svg.append("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(Panel panel, StringBuilder svg) {
    double top = Collections.max(panel.lines.stream().map(Collections::max).toList()) * 1.05;
    for (int i = 0; i <= GRID; i++) {
      double y = HEIGHT - HEIGHT * (double) i / GRID;
      double value = top * i / GRID;
      svg.append(
          String.format(
              Locale.ROOT,
              """
              <line x1="0" y1="%.1f" x2="%d" y2="%.1f" stroke="#ddd"/>
              <text x="-6" y="%.1f" text-anchor="end">%s</text>
              """,
              y,
              WIDTH,
              y,
              y + 4,
              String.format(Locale.ROOT, top < 10 ? "%.1f" : "%.0f", value)));
    }
    for (int i = 0; i < marks.size(); i++) {
      svg.append(
          String.format(
              Locale.ROOT,
              """
              <line x1="%1$.1f" y1="0" x2="%1$.1f" y2="%2$d" stroke="#888" stroke-dasharray="3 3"/>
              <text x="%3$.1f" y="12" fill="#555" font-size="10">%4$s</text>
              """,
              x(marked.get(i)),
              HEIGHT,
              x(marked.get(i)) + 3,
              marks.get(i)));
    }
    // Not more of them than can be read.
    int step = (across.length + LABELS - 1) / LABELS;
    for (int i = 0; i < across.length; i += step) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
              x(i),
              HEIGHT + 18,
              across[i]));
    }
    svg.append(String.format(Locale.ROOT, "<text x=\"0\" y=\"-8\">%s</text>\n", panel.unit));
    for (int line = 0; line < panel.lines.size(); line++) {
      String colour = COLOURS[line % COLOURS.length];
      StringBuilder points = new StringBuilder();
      for (int i = 0; i < across.length; i++) {
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                x(i),
                HEIGHT - HEIGHT * panel.lines.get(line).get(i) / top));
      }
      svg.append(
          String.format(
              Locale.ROOT,
              """
              <polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>
              <text x="%d" y="%d" fill="%s">%s</text>
              """,
              points.toString().strip(),
              colour,
              170 + line * 70,
              -8,
              colour,
              panel.names.get(line)));
    }
  }

  private double x(int index) {
    return WIDTH * (index + 0.5) / across.length;
  }
}
