package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void markupInTextIsShownNotObeyed() throws Exception {
    String html = new Html().element("p", "<script>alert('1') & \"2\"</script>").finish();
    assertEquals(
        "<p>&lt;script&gt;alert(&#39;1&#39;) &amp; &quot;2&quot;&lt;/script&gt;</p>", html);
    assertEquals("<script>alert('1') & \"2\"</script>", Fragment.of(html).text());
  }

  @Test
  void anAttributeCannotBeLeftThroughItsValue() throws Exception {
    String html = new Html().element("p", "", "title", "\" onclick=\"x()").finish();
    assertEquals("\" onclick=\"x()", Fragment.of(html).all("p").getFirst().getAttribute("title"));
  }

  @Test
  void charactersThatXmlCannotHoldAreReplaced() throws Exception {
    String html = new Html().element("p", "a\u0000b\u001bc\ud800d\uffffe 😀").finish();
    assertEquals("a�b�c�d�e 😀", Fragment.of(html).text());
  }

  @Test
  void aFragmentWithAnOpenElementIsNotFinished() {
    Html html = new Html().open("div").open("p").close();
    assertThrows(IllegalStateException.class, html::finish);
  }
}
