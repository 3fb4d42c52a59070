package dev.trestle.kernel.javadoc;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A documentation comment. Immutable; any thread may use it. */
public final class Javadoc {
  static final String END = "</body>";

  private final DocTrees trees;
  private final DocCommentTree comment;

  private Javadoc(DocTrees trees, DocCommentTree comment) {
    this.trees = trees;
    this.comment = comment;
  }

  /**
   * Parses a comment; what is no good Javadoc in it is taken as it stands.
   *
   * @param comment as in a source file, without the stars
   */
  public static Javadoc of(String comment) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    // A task that compiles nothing is how the parser of comments is had.
    var task = (JavacTask) compiler.getTask(null, null, problem -> {}, null, null, List.of());
    DocTrees trees = DocTrees.instance(task);
    return new Javadoc(trees, trees.getDocCommentTree(new Page("<body>" + comment + END)));
  }

  /** Without a tag: paragraphs apart, items behind dashes, code as it is. */
  public String text() {
    TextOutline outline = new TextOutline();
    new CommentReader(trees, outline).scan(comment, null);
    return outline.toString();
  }

  /** A fragment of HTML: no links, no styles, no scripts, all else as it was written. */
  public String html() {
    HtmlOutline outline = new HtmlOutline();
    new CommentReader(trees, outline).scan(comment, null);
    return outline.toString();
  }

  /** Text as it stands in HTML. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The parser takes a comment of its own as the body of a package's page. */
  private static final class Page extends SimpleJavaFileObject {
    private final String content;

    Page(String content) {
      super(URI.create("string:///package.html"), Kind.HTML);
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}
