package dev.trestle.store;

import java.util.List;
import java.util.Map;

/**
 * What the end of an Arrow file says of the rest, out of its flatbuffers.
 *
 * @param fields the columns
 * @param properties the schema's own metadata
 * @param dictionaries where the dictionary batches lie
 * @param batches where the record batches lie
 */
record ArrowFooter(
    List<ArrowField> fields,
    Map<String, String> properties,
    List<ArrowMetadata.Placed> dictionaries,
    List<ArrowMetadata.Placed> batches) {

  ArrowFooter {
    fields = List.copyOf(fields);
    properties = Map.copyOf(properties);
    dictionaries = List.copyOf(dictionaries);
    batches = List.copyOf(batches);
  }
}
