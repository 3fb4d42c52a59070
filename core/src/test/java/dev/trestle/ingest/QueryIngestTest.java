package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.ColumnKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a database's rows become; the database is H2. */
class QueryIngestTest {
  @TempDir Path folder;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws Exception {
    connection = DriverManager.getConnection("jdbc:h2:mem:;LAZY_QUERY_EXECUTION=1");
    statement = connection.createStatement();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    connection.close();
    Leftovers.assertNone(folder);
  }

  @ParameterizedTest(name = "{0} is read as {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          TINYINT                     | -5                                  | SHORT
          SMALLINT                    | 32767                               | SHORT
          INT                         | -2147483647                         | INT
          BIGINT                      | 9223372036854775807                 | LONG
          NUMERIC(4)                  | 9999                                | SHORT
          NUMERIC(9)                  | 999999999                           | INT
          NUMERIC(18)                 | 999999999999999999                  | LONG
          NUMERIC(30)                 | 1e20                                | DOUBLE
          NUMERIC(10,2)               | 12345678.25                         | DOUBLE
          REAL                        | 0.5                                 | FLOAT
          DOUBLE PRECISION            | 0.1                                 | DOUBLE
          BOOLEAN                     | TRUE                                | BOOLEAN
          VARCHAR                     | 'a''b'                              | STRING
          CHAR(3)                     | 'abc'                               | STRING
          CLOB                        | 'text'                              | STRING
          UUID                        | '0188a5eb-3a6b-7b6c-8d3a-1f2e3d4c5b6a' | STRING
          ENUM('a','b')               | 'b'                                 | STRING
          DATE                        | '2020-02-29'                        | DATE
          TIME(9)                     | '23:59:59.123456789'                | TIME
          TIMESTAMP(9)                | '1969-12-31 23:59:59.123456789'     | DATE_TIME
          TIMESTAMP(9) WITH TIME ZONE | '2020-01-01 00:30:00.5+01:00'       | INSTANT
          TIME WITH TIME ZONE         | '10:00:00+02:00'                    | STRING
          """)
  void aValueAndANull(String type, String literal, ColumnKind kind) throws Exception {
    String sql =
        "SELECT * FROM (VALUES (1, CAST(%s AS %s)), (2, NULL)) AS t(i, v) ORDER BY i"
            .formatted(literal, type);
    DecodedColumn column = decoded(sql).get(1);
    assertEquals(kind, column.kind());
    assertEquals(Arrays.asList(expected(literal, kind), null), column.values());
  }

  private static Object expected(String literal, ColumnKind kind) {
    String text = literal.replaceAll("^'|'$", "").replace("''", "'");
    return switch (kind) {
      case SHORT -> Short.valueOf(text);
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse("23:59:59.123");
      case DATE_TIME -> LocalDateTime.parse("1969-12-31T23:59:59.123");
      case INSTANT -> Instant.parse("2019-12-31T23:30:00.500Z");
      case STRING, TEXT -> text.startsWith("10:") ? "10:00:00+02" : text;
    };
  }

  @Test
  void manyRowsKeepTheirOrder() throws Exception {
    List<DecodedColumn> columns =
        decoded("SELECT X, 'w' || MOD(X, 1000), NULLIF(MOD(X, 3), 0) FROM SYSTEM_RANGE(1, 30000)");
    assertEquals(LongStream.rangeClosed(1, 30_000).boxed().toList(), columns.get(0).values());
    assertEquals("w999", columns.get(1).values().get(29_998));
    assertEquals(null, columns.get(2).values().get(29_999));
  }

  @Test
  void stringsThatHardlyRepeatBecomeText() throws Exception {
    IngestLimits limits = new IngestLimits(1, 1, 1, 100, 1 << 20, Long.MAX_VALUE);
    ResultSet rows =
        statement.executeQuery("SELECT 'ä' || X, 'x' || MOD(X, 9) FROM SYSTEM_RANGE(1, 20000)");
    try (IngestedColumns columns = new QueryIngest(rows, folder, limits).read()) {
      assertEquals(
          List.of(ColumnKind.TEXT, ColumnKind.STRING),
          columns.columns().stream().map(column -> column.kind()).toList());
      assertEquals("ä20000", DecodedColumn.all(columns, folder).getFirst().values().getLast());
    }
  }

  @Test
  void longStringsEndAChunkEarly() throws Exception {
    List<DecodedColumn> columns =
        decoded("SELECT X, REPEAT('x', 300000) || X FROM SYSTEM_RANGE(1, 20)");
    assertEquals(20, columns.getFirst().values().size());
    assertEquals("x".repeat(300_000) + 7, columns.get(1).values().get(6));
  }

  @Test
  void aQueryWithoutRowsIsATableWithoutRows() throws Exception {
    List<DecodedColumn> columns = decoded("SELECT 1 AS a, 'x' AS b WHERE FALSE");
    assertEquals(List.of("A", "B"), columns.stream().map(DecodedColumn::name).toList());
    assertEquals(List.of(), columns.getFirst().values());
  }

  @Test
  void labelsThatRepeatOrAreBlankAreMadeUnique() throws Exception {
    List<DecodedColumn> columns = decoded("SELECT 1 AS \"a\", 2 AS \"A\", 3 AS \" \", 4 AS \"a\"");
    assertEquals(
        List.of("a", "A-2", "C2", "a-3"), columns.stream().map(DecodedColumn::name).toList());
  }

  @Test
  void rowsBeforeTheCursorAreLeftOut() throws Exception {
    ResultSet rows = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 5)");
    rows.next();
    rows.next();
    try (IngestedColumns columns = QueryIngest.read(rows, folder)) {
      assertEquals(3, columns.rows());
    }
  }

  @Test
  void aTypeWithoutAPlaceIsRefusedByNameAndType() {
    assertEquals(
        "column 'B' is of SQL type BINARY VARYING, for which Tablesaw has no column; leave it out of the query, or CAST it to VARCHAR",
        message("SELECT 1 AS a, CAST(X'00' AS VARBINARY) AS b"));
    assertTrue(
        message("SELECT ARRAY[1, 2] AS a").startsWith("column 'A' is of SQL type INTEGER ARRAY"));
  }

  @Test
  void theSmallestIntegerCannotBeToldFromAMissingOne() {
    assertEquals(
        "column 'A' holds -32768, which Tablesaw takes for a missing SHORT; CAST the column to a wider type in the query",
        message("SELECT CAST(-32768 AS SMALLINT) AS a"));
  }

  @Test
  void aDayThatTablesawCannotHoldIsRefused() {
    assertEquals(
        "column 'A' holds the day +99999-01-01; Tablesaw's dates end with the years -32768 and 32767",
        message("SELECT DATE '99999-01-01' AS a"));
  }

  @Test
  void aResultSetThatIsClosedMidwayIsAnError() throws Exception {
    ResultSet rows = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 30000)");
    AtomicInteger taken = new AtomicInteger();
    ResultSet closing =
        (ResultSet)
            Proxy.newProxyInstance(
                ResultSet.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("next") && taken.incrementAndGet() == 20_000) {
                    rows.close();
                  }
                  try {
                    return method.invoke(rows, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    String message =
        assertThrows(QueryException.class, () -> QueryIngest.read(closing, folder)).getMessage();
    assertTrue(message.startsWith("the query failed after about 16,384 rows: "), message);
  }

  @Test
  void aClosedResultSetIsAnError() throws Exception {
    ResultSet rows = statement.executeQuery("SELECT 1");
    rows.close();
    QueryException e = assertThrows(QueryException.class, () -> QueryIngest.read(rows, folder));
    assertTrue(e.getMessage().startsWith("the query failed after about 0 rows"), e.getMessage());
    assertTrue(e.getCause() instanceof SQLException);
  }

  @Test
  void anInterruptEndsTheReading() throws Exception {
    ResultSet rows = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 100000)");
    Thread.currentThread().interrupt();
    try {
      IOException e = assertThrows(IOException.class, () -> QueryIngest.read(rows, folder));
      // Which of the two depends on where the interrupt meets the thread.
      assertTrue(
          e instanceof InterruptedIOException || e instanceof ClosedByInterruptException,
          e::toString);
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  private String message(String sql) {
    return assertThrows(
            QueryException.class,
            () -> QueryIngest.read(statement.executeQuery(sql), folder).close())
        .getMessage();
  }

  private List<DecodedColumn> decoded(String sql) throws Exception {
    try (IngestedColumns columns = QueryIngest.read(statement.executeQuery(sql), folder)) {
      return DecodedColumn.all(columns, folder);
    }
  }
}
