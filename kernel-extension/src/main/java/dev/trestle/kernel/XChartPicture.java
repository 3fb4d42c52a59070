package dev.trestle.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A chart of XChart's as a PNG, which every front end shows: for SVG it wants a library under the
 * LGPL, and writes each letter as a path. Any class loader may have it: {@code %maven} brings it.
 */
final class XChartPicture {
  /** Of version 4, and of version 3. */
  private static final List<String> CLASSES =
      List.of(
          "org.knowm.xchart.internal.chartpart.IChart",
          "org.knowm.xchart.internal.chartpart.Chart");

  private static final int SCALE = 2; // pixels for each of the chart's: for fine screens

  private XChartPicture() {}

  static boolean isOne(Object value) {
    return CLASSES.stream().anyMatch(name -> Reflected.isOf(value, name));
  }

  static void put(Object chart, DisplayData out) {
    int width = (int) Reflected.called(chart, "getWidth");
    int height = (int) Reflected.called(chart, "getHeight");
    String png = Base64.getEncoder().encodeToString(png(chart, width, height));
    out.putData(MIMEType.IMAGE_PNG, png, Map.of("width", width, "height", height));
    out.putText(text(chart));
  }

  private static String text(Object chart) {
    Object title = Reflected.call(chart, "getTitle");
    String kind = chart.getClass().getSimpleName();
    return title == null || title.toString().isEmpty() ? kind : kind + " \"" + title + '"';
  }

  private static byte[] png(Object chart, int width, int height) {
    var image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    Reflected.call(chart, "paint", graphics, width, height);
    graphics.dispose();
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the chart cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
