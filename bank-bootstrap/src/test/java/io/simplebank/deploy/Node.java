package io.simplebank.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value in a YAML document, which knows where it stands, so that what is missing can be named.
 *
 * @param path where it stands, for messages
 * @param value a map, a list or a scalar; null for what is not there
 */
record Node(String path, @Nullable Object value) {

  /** What stands at that key; a node without value where nothing does. */
  Node at(Object... keys) {
    Node node = this;
    for (Object key : keys) {
      Object child =
          switch (node.value) {
            case Map<?, ?> map -> map.get(key);
            case List<?> list when key instanceof Integer index && index < list.size() ->
                list.get(index);
            case null, default -> null;
          };
      node = new Node(node.path + "." + key, child);
    }
    return node;
  }

  boolean exists() {
    return value != null;
  }

  /** The children of a map by their keys; none where there is nothing. */
  Map<String, Node> fields() {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> fields.put(key.toString(), new Node(path + "." + key, child)));
    } else if (value != null) {
      throw new AssertionError(path + " should be a map");
    }
    return fields;
  }

  Set<String> keys() {
    return fields().keySet();
  }

  /** The children of a list; none where there is nothing. */
  List<Node> items() {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw new AssertionError(path + " should be a list");
    }
    return Stream.iterate(0, index -> index < list.size(), index -> index + 1)
        .map(index -> new Node(path + "." + index, list.get(index)))
        .toList();
  }

  List<String> texts() {
    return items().stream().map(Node::text).toList();
  }

  String text() {
    if (value == null || value instanceof Map || value instanceof List) {
      throw new AssertionError(path + " should be a scalar");
    }
    return value.toString();
  }

  int number() {
    return Integer.parseInt(text());
  }

  /** This node and everything below it. */
  Stream<Node> tree() {
    Stream<Node> children =
        switch (value) {
          case Map<?, ?> map -> fields().values().stream();
          case List<?> list -> items().stream();
          case null, default -> Stream.of();
        };
    return Stream.concat(Stream.of(this), children.flatMap(Node::tree));
  }
}
