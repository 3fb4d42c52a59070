package dev.trestle.kernel;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** An HTML fragment as a strict XML parser sees it. */
final class Fragment {
  private final Document document;

  private Fragment(Document document) {
    this.document = document;
  }

  /** Parses the fragment; fails if it is not well-formed. */
  static Fragment of(String html) throws Exception {
    String whole = "<fragment>" + html + "</fragment>";
    return new Fragment(
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(whole))));
  }

  /** All the elements of that name, in order. */
  List<Element> all(String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** The texts of all the elements of that name, in order. */
  List<String> texts(String tag) {
    return all(tag).stream().map(Element::getTextContent).toList();
  }

  /** All the text there is. */
  String text() {
    return document.getDocumentElement().getTextContent();
  }
}
