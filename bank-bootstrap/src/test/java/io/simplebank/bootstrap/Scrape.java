package io.simplebank.bootstrap;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus reads of a bank, in its text format.
 *
 * @param samples one for each time series
 */
public record Scrape(List<Sample> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("(?<name>[a-zA-Z_:][\\w:]*)(\\{(?<labels>.*)})? (?<value>\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * One time series.
   *
   * @param name with the suffix that says what of a histogram it is
   */
  public record Sample(String name, Map<String, String> labels, double value) {}

  /** Reads the metrics of the bank there, as anybody may who comes so far. */
  public static Scrape of(URI bank) {
    return new Scrape(
        Client.nobody(bank)
            .text("/prometheus")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(Scrape::sample)
            .toList());
  }

  private static Sample sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("no sample: " + line);
    }
    Map<String, String> labels = new TreeMap<>();
    if (matcher.group("labels") != null) {
      for (MatchResult label : LABEL.matcher(matcher.group("labels")).results().toList()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    String value = matcher.group("value");
    return new Sample(
        matcher.group("name"),
        labels,
        value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value));
  }

  /** The names of all time series. */
  public Set<String> names() {
    return samples.stream().map(Sample::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The value of the one time series of that name which has these labels among its own. */
  double value(String name, Map<String, String> labels) {
    List<Sample> found =
        samples.stream()
            .filter(sample -> sample.name().equals(name))
            .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(name + labels + " is not one time series: " + found);
    }
    return found.getFirst().value();
  }
}
