package dev.trestle.kernel.javadoc;

import com.sun.source.doctree.BlockTagTree;
import com.sun.source.doctree.DeprecatedTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.InheritDocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.SeeTree;
import com.sun.source.doctree.SnippetTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SystemPropertyTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.DocTrees;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through a comment: its body first, then a list for each kind of block tag. */
final class CommentReader extends DocTreeScanner<@Nullable Void, @Nullable Void> {
  /** The JDK's own tags; those of other projects go under their names. */
  private static final Map<String, String> HEADINGS =
      Map.of(
          "param", "Parameters",
          "return", "Returns",
          "throws", "Throws",
          "exception", "Throws",
          "see", "See also",
          "since", "Since",
          "apiNote", "API note",
          "implSpec", "Implementation requirements",
          "implNote", "Implementation note");

  private final DocTrees trees;
  private final Outline out;

  CommentReader(DocTrees trees, Outline out) {
    this.trees = trees;
    this.out = out;
  }

  private void all(@Nullable Iterable<? extends DocTree> parts) {
    scan(parts, null);
  }

  @Override
  public @Nullable Void visitDocComment(DocCommentTree comment, @Nullable Void none) {
    for (DocTree tag : comment.getBlockTags()) {
      if (tag instanceof DeprecatedTree deprecated) {
        out.start("p");
        out.element("strong", "Deprecated.");
        out.words(" ");
        all(deprecated.getBody());
        out.start("p");
      }
    }
    all(comment.getFullBody());
    String last = "";
    for (DocTree tag : comment.getBlockTags()) {
      String name = ((BlockTagTree) tag).getTagName();
      if (tag instanceof DeprecatedTree || name.equals("author") || name.equals("version")) {
        continue;
      }
      String heading = HEADINGS.getOrDefault(name, name);
      if (!heading.equals(last)) {
        endList(last);
        out.start("p");
        out.element("strong", heading + ":");
        out.start("ul");
        last = heading;
      }
      out.start("li");
      scan(tag, null);
      out.end("li");
    }
    endList(last);
    return null;
  }

  private void endList(String heading) {
    if (!heading.isEmpty()) {
      out.end("ul");
    }
  }

  private @Nullable Void named(@Nullable DocTree name, List<? extends DocTree> description) {
    out.element("code", String.valueOf(name));
    if (!description.isEmpty()) {
      out.words(" – ");
      all(description);
    }
    return null;
  }

  @Override
  public @Nullable Void visitParam(ParamTree tag, @Nullable Void none) {
    return named(tag.getName(), tag.getDescription());
  }

  @Override
  public @Nullable Void visitThrows(ThrowsTree tag, @Nullable Void none) {
    return named(tag.getExceptionName(), tag.getDescription());
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree tag, @Nullable Void none) {
    if (tag.isInline()) {
      out.words("Returns ");
    }
    all(tag.getDescription());
    if (tag.isInline()) {
      out.words(".");
    }
    return null;
  }

  @Override
  public @Nullable Void visitSee(SeeTree tag, @Nullable Void none) {
    List<? extends DocTree> parts = tag.getReference();
    all(parts.size() > 1 && parts.getFirst() instanceof ReferenceTree ? labelOf(parts) : parts);
    return null;
  }

  private static List<? extends DocTree> labelOf(List<? extends DocTree> parts) {
    return parts.subList(1, parts.size());
  }

  @Override
  public @Nullable Void visitText(TextTree text, @Nullable Void none) {
    out.words(text.getBody());
    return null;
  }

  /** Markdown, which is readable as it is. */
  @Override
  public @Nullable Void visitRawText(RawTextTree text, @Nullable Void none) {
    out.words(text.getContent());
    return null;
  }

  @Override
  public @Nullable Void visitEntity(EntityTree entity, @Nullable Void none) {
    String characters = trees.getCharacters(entity);
    out.words(characters == null ? entity.toString() : characters);
    return null;
  }

  @Override
  public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
    String text = literal.getBody().getBody();
    if (literal.getKind() == DocTree.Kind.CODE) {
      out.element("code", text);
    } else {
      out.words(text);
    }
    return null;
  }

  @Override
  public @Nullable Void visitLink(LinkTree link, @Nullable Void none) {
    boolean plain = link.getKind() == DocTree.Kind.LINK_PLAIN;
    if (!plain) {
      out.start("code");
    }
    if (link.getLabel().isEmpty()) {
      scan(link.getReference(), null);
    } else {
      all(link.getLabel());
    }
    if (!plain) {
      out.end("code");
    }
    return null;
  }

  /** As one writes it: {@code List.of}, not {@code List#of}. */
  @Override
  public @Nullable Void visitReference(ReferenceTree reference, @Nullable Void none) {
    String signature = reference.getSignature();
    out.words(signature.startsWith("#") ? signature.substring(1) : signature.replace('#', '.'));
    return null;
  }

  @Override
  public @Nullable Void visitValue(ValueTree value, @Nullable Void none) {
    out.start("code");
    scan(value.getReference(), null);
    out.end("code");
    return null;
  }

  @Override
  public @Nullable Void visitSystemProperty(SystemPropertyTree property, @Nullable Void none) {
    out.element("code", property.getPropertyName().toString());
    return null;
  }

  @Override
  public @Nullable Void visitSnippet(SnippetTree snippet, @Nullable Void none) {
    TextTree body = snippet.getBody();
    if (body != null) {
      out.element("pre", body.getBody().stripTrailing().stripIndent());
    }
    return null;
  }

  /** What there is to be inherited is there already. */
  @Override
  public @Nullable Void visitInheritDoc(InheritDocTree inherited, @Nullable Void none) {
    return null;
  }

  /** A brace that is not closed goes on to the page's end. */
  @Override
  public @Nullable Void visitErroneous(ErroneousTree erroneous, @Nullable Void none) {
    out.words(erroneous.getBody().replace(Javadoc.END, ""));
    return null;
  }

  @Override
  public @Nullable Void visitStartElement(StartElementTree element, @Nullable Void none) {
    out.start(Outline.name(element.getName()));
    return null;
  }

  @Override
  public @Nullable Void visitEndElement(EndElementTree element, @Nullable Void none) {
    out.end(Outline.name(element.getName()));
    return null;
  }
}
