package io.simplebank.adapter.persistence;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other, most of them whole columns. */
public final class Columns {
  private final PreparedStatement statement;
  private int index;

  /** From the first parameter on. */
  public Columns(PreparedStatement statement) {
    this.statement = statement;
  }

  public void value(Object value) throws SQLException {
    index++;
    statement.setObject(index, value);
  }

  public <R> void integers(List<R> rows, Function<R, Integer> value) throws SQLException {
    set("integer", rows.stream().map(value).toArray(Integer[]::new));
  }

  public <R> void longs(List<R> rows, Function<R, @Nullable Long> value) throws SQLException {
    set("bigint", rows.stream().map(value).toArray(Long[]::new));
  }

  public <R> void texts(List<R> rows, Function<R, @Nullable String> value) throws SQLException {
    set("text", rows.stream().map(value).toArray(String[]::new));
  }

  public <R> void uuids(List<R> rows, Function<R, @Nullable UUID> value) throws SQLException {
    set("uuid", rows.stream().map(value).toArray(UUID[]::new));
  }

  public <R> void times(List<R> rows, Function<R, @Nullable Instant> value) throws SQLException {
    set("timestamptz", rows.stream().map(value).map(Columns::utc).toArray(OffsetDateTime[]::new));
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  public <R> void dates(List<R> rows, Function<R, LocalDate> value) throws SQLException {
    set("date", rows.stream().map(value).toArray(LocalDate[]::new));
  }

  private void set(String type, Object[] column) throws SQLException {
    index++;
    statement.setArray(index, statement.getConnection().createArrayOf(type, column));
  }
}
