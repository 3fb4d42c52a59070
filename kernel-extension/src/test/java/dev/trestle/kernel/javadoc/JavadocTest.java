package dev.trestle.kernel.javadoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavadocTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Adds {@code a<b} up.|Adds a<b up.|Adds <code>a&lt;b</code> up.",
        "No {@literal <b>} here.|No <b> here.|No &lt;b&gt; here.",
        "a &lt; b &amp;&nbsp;c&#33;|a < b &\u00a0c!|a &lt; b &amp;\u00a0c!",
        "See {@link java.util.List#of list}.|See list.|See <code>list</code>.",
        "See {@link List#of(int)}.|See List.of(int).|See <code>List.of(int)</code>.",
        "See {@link #size()}.|See size().|See <code>size()</code>.",
        "See {@linkplain List a list}.|See a list.|See a list.",
        "An <a href='x'>index</a>.|An index.|An index.",
        "{@return the size}|Returns the size.|Returns the size.",
        "Below 2<sup>31</sup>.|Below 2^31.|Below 2<sup>31</sup>.",
        "An <em class='x'>old</em> one.|An old one.|An <em>old</em> one.",
        "Some {@jls 4.2} here.|Some 4.2 here.|Some 4.2 here.",
        "{@systemProperty user.dir}|user.dir|<code>user.dir</code>",
        "<script>x</script>y|xy|xy",
        "an {@code open brace|an {@code open brace|an {@code open brace",
      })
  void aPhraseIsTextAndHtml(String comment, String text, String html) {
    assertEquals(text, Javadoc.of(comment).text());
    assertEquals(html, Javadoc.of(comment).html());
  }

  @Test
  void paragraphsStayApartAndItemsStandBehindDashes() {
    String comment =
        """
        The first
        paragraph.

        <p>The second:
        <ul>
          <li>
            <p>one
          <li>two, with
              <ol><li>a part</li></ol>
        </ul>
        The end.
        """;
    assertEquals(
        """
        The first paragraph.

        The second:
        - one
        - two, with
          - a part

        The end.\
        """,
        Javadoc.of(comment).text());
  }

  @Test
  void preformattedTextKeepsItsLines() {
    String comment = "So:\n<pre>{@code\nif (a < b) {\n  go();\n}\n}</pre>\nand on.";
    assertEquals("So:\n\nif (a < b) {\n  go();\n}\n\nand on.", Javadoc.of(comment).text());
    String html = Javadoc.of(comment).html();
    assertTrue(html.contains("if (a &lt; b) {\n  go();\n}\n</code></pre>"), html);
  }

  @Test
  void preformattedTextMayHaveOtherElements() {
    String comment = "<pre>\n a <b>b</b> <i>c</i>\n\n d\n </pre>\n<p>on";
    assertEquals(" a b c\n\n d\n\non", Javadoc.of(comment).text());
  }

  @Test
  void aSnippetIsCode() {
    String comment = "So:\n{@snippet :\n  int a = 1;\n    go(a);\n}\nand on.";
    assertEquals("So:\n\nint a = 1;\n  go(a);\n\nand on.", Javadoc.of(comment).text());
  }

  @Test
  void blockTagsAreListsUnderTheirHeadings() {
    String comment =
        """
        Does it.

        @author  A. Nobody
        @param a the first &amp; only
        @param <T> its type
        @return what comes out
        @throws IllegalStateException if it cannot
        @see java.util.List#of
        @see "The Book"
        @implNote It is slow.
        @custom thing
        @since 1.5
        """;
    assertEquals(
        """
        Does it.

        Parameters:
        - a – the first & only
        - T – its type

        Returns:
        - what comes out

        Throws:
        - IllegalStateException – if it cannot

        See also:
        - java.util.List.of
        - "The Book"

        Implementation note:
        - It is slow.

        custom:
        - thing

        Since:
        - 1.5\
        """,
        Javadoc.of(comment).text());
  }

  @Test
  void whatIsDeprecatedSaysSoFirst() {
    String comment = "Does it.\n@deprecated use {@link #other}.";
    assertEquals("Deprecated. use other.\n\nDoes it.", Javadoc.of(comment).text());
    assertTrue(Javadoc.of(comment).html().startsWith("<p><strong>Deprecated.</strong> use"));
  }

  @Test
  void anEmptyCommentIsNothing() {
    assertEquals("", Javadoc.of("").text());
    assertEquals("", Javadoc.of("").html());
  }

  /** Comments that people wrote: each is read, and none leaves a tag behind. */
  @Test
  @Tag("slow")
  void theCommentsOfTheJdkLeaveNoTags() throws IOException {
    Pattern comments = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    Pattern tags = Pattern.compile("</?(p|li|ul|b|i|em|tt|code|pre|a)\\b|\\{@(code|link)");
    Path sources = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    int read = 0;
    try (var zip = new ZipFile(sources.toFile())) {
      for (String type : new String[] {"lang/Math", "util/List", "util/stream/Stream"}) {
        var entry = zip.getEntry("java.base/java/" + type + ".java");
        String source =
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = comments.matcher(source);
        while (matcher.find()) {
          String comment = matcher.group(1).replaceAll("(?m)^\\s*\\*", "");
          String text = Javadoc.of(comment).text();
          assertFalse(tags.matcher(text).find(), text);
          read++;
        }
      }
    }
    assertTrue(read > 100, read + " comments");
  }
}
