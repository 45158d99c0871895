package io.causeline.bridge.chat.slack;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import io.causeline.bridge.chat.Change;
import io.causeline.bridge.chat.ChangeNote;
import io.causeline.bridge.chat.IncidentCard;
import io.causeline.bridge.chat.IncidentCard.AlertLine;
import io.causeline.bridge.chat.IncidentCard.Likely;
import io.causeline.bridge.chat.IncidentCard.Step;
import io.causeline.bridge.chat.Wording;
import io.causeline.model.Incident.Affected;
import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts cards and notes into Slack's blocks. Pure. Slack allows 50 blocks, 3,000 characters in a
 * section and, as found in practice, some 13,000 over all blocks; what does not fit is left out at
 * an entry, the least useful first, and said so.
 */
final class SlackMessage {

  /** What a message of ours holds at most, over all of its blocks. */
  static final int MAX_CHARACTERS = 12_000;

  private static final int MAX_SECTION = 3_000;
  private static final int MAX_TEXT = 600;
  private static final int MAX_ENTRY = 700;
  private static final int MAX_NAME = 260;
  private static final int MAX_CONTEXT = 900;
  // Type names, flags and braces around the text of a block.
  private static final int BLOCK_OVERHEAD = 100;

  private final Wording words;
  private final ChangeLines changes;

  SlackMessage(Wording words) {
    this.words = words;
    this.changes = new ChangeLines(words);
  }

  /**
   * A message in Slack's form.
   *
   * @param text for notifications and screen readers, which can't show blocks
   */
  record Rendered(String text, List<LayoutBlock> blocks) {

    Rendered {
      blocks = List.copyOf(blocks);
    }
  }

  /** An incident's message. */
  Rendered card(IncidentCard card) {
    Page page = new Page();
    SectionText context = context(card);
    page.reserve(context);
    page.add(header(card, page.room()));
    if (card.state() != State.MERGED) {
      page.add(why(card, page.room()));
      page.add(hit(card, page.room()));
      if (card.state().active()) {
        page.add(step(words.next(), card.next(), page.room()));
        page.add(step(words.fix(), card.fix(), page.room()));
      }
      page.add(alerts(card, page.room()));
    }
    return new Rendered(summary(card), page.finish(context));
  }

  /** An incident's message at its shortest, for when Slack refuses the whole. */
  Rendered brief(IncidentCard card) {
    Page page = new Page();
    page.add(header(card, page.room()));
    return new Rendered(summary(card), page.finish(context(card)));
  }

  /** A reply in an incident's thread. */
  Rendered reply(ChangeNote note) {
    Page page = new Page();
    page.add(changes(note, page.room()));
    return new Rendered(summary(note), page.finish(new SectionText(0)));
  }

  /** A message of its own about an incident that was posted before. */
  Rendered followUp(ChangeNote note) {
    Page page = new Page();
    SectionText context = context(note.card());
    page.reserve(context);
    page.add(header(note.card(), page.room()));
    page.add(changes(note, page.room()));
    return new Rendered(summary(note), page.finish(context));
  }

  private SectionText header(IncidentCard card, int room) {
    SectionText out = new SectionText(room);
    out.line(
        emoji(card)
            + " *"
            + words.severity(card.severity()).toUpperCase(Locale.ROOT)
            + " · "
            + words.state(card.state())
            + "* · "
            + Mrkdwn.code(card.cluster(), MAX_NAME));
    out.line("*" + Mrkdwn.text(card.title().isEmpty() ? card.id() : card.title(), MAX_ENTRY) + "*");
    if (card.state() == State.MERGED && card.mergedInto() != null) {
      out.line(words.mergedInto(pointer(card)));
    }
    return out;
  }

  private SectionText why(IncidentCard card, int room) {
    SectionText out = new SectionText(room);
    out.line(likely(words.probably(), card.best()));
    if (card.rival() != null) {
      out.line(likely(words.orElse(), card.rival()));
    }
    return out;
  }

  private String likely(String label, Likely likely) {
    String title =
        likely.unknown() && likely.title().isEmpty() ? words.causeUnknown() : likely.title();
    return "*"
        + label
        + ":* "
        + Mrkdwn.text(title, MAX_ENTRY)
        + " · "
        + likely.percent()
        + " % · "
        + Mrkdwn.code(likely.place(), MAX_NAME);
  }

  private SectionText hit(IncidentCard card, int room) {
    SectionText out = new SectionText(room);
    String counts = words.counts(card.services(), card.pods(), card.nodes());
    if (counts.isEmpty() && card.affected().isEmpty()) {
      return out;
    }
    out.line("*" + words.hit() + ":* " + counts);
    List<String> entries = new ArrayList<>();
    for (Affected entity : card.affected()) {
      String name =
          entity.namespace() == null ? entity.name() : entity.namespace() + "/" + entity.name();
      entries.add("• " + Mrkdwn.text(entity.kind(), MAX_NAME) + " " + Mrkdwn.code(name, MAX_NAME));
    }
    out.entries(entries, card.moreAffected(), words::andMore);
    return out;
  }

  private SectionText step(String label, @Nullable Step step, int room) {
    SectionText out = new SectionText(room);
    if (step == null) {
      return out;
    }
    out.line("*" + label + ":* " + Mrkdwn.text(step.text(), MAX_ENTRY));
    if (step.command() != null) {
      // A fix's risk is not to be lost for the length of its command.
      int risk = step.risk() == null ? 0 : MAX_ENTRY + 50;
      Mrkdwn.block(step.command(), Math.max(0, room - out.size() - risk - 1)).ifPresent(out::line);
    }
    if (step.risk() != null) {
      out.line("⚠️ *" + words.risk() + ":* " + Mrkdwn.text(step.risk(), MAX_ENTRY));
    }
    return out;
  }

  private SectionText alerts(IncidentCard card, int room) {
    SectionText out = new SectionText(room);
    if (card.alerts().isEmpty()) {
      return out;
    }
    out.line("*" + words.alerts() + ":*");
    List<String> entries = new ArrayList<>();
    for (AlertLine alert : card.alerts()) {
      StringBuilder entry = new StringBuilder("• ");
      entry.append(Mrkdwn.code(alert.name(), MAX_NAME));
      entry.append(" · ").append(Mrkdwn.code(alert.place(), MAX_NAME));
      if (alert.summary() != null) {
        entry.append(" · ").append(Mrkdwn.text(alert.summary(), MAX_ENTRY));
      }
      if (alert.runbook() != null) {
        entry.append(" · ").append(Mrkdwn.link(alert.runbook(), words.runbook()));
      }
      if (alert.source() != null) {
        entry.append(" · ").append(Mrkdwn.link(alert.source(), words.source()));
      }
      entries.add(entry.toString());
    }
    out.entries(entries, card.moreAlerts(), words::andMore);
    return out;
  }

  private SectionText context(IncidentCard card) {
    SectionText out = new SectionText(MAX_CONTEXT);
    List<String> parts = new ArrayList<>();
    parts.add(words.since(card.startedAt()));
    if (card.resolvedAt() != null && card.state() == State.RESOLVED) {
      parts.add(words.resolvedAfter(card.resolvedAt(), card.lasted()));
    }
    if (card.reopened() > 0) {
      parts.add(words.reopenedTimes(card.reopened()));
    }
    parts.add(Mrkdwn.code(card.id(), 120));
    if (card.page() != null) {
      parts.add(Mrkdwn.ownLink(card.page(), words.openIncident()));
    }
    out.line(String.join(" · ", parts));
    for (String gap : card.gaps()) {
      out.line("⚠️ " + words.gaps() + ": " + Mrkdwn.text(gap, 200));
    }
    return out;
  }

  private SectionText changes(ChangeNote note, int room) {
    SectionText out = new SectionText(room);
    List<String> lines = new ArrayList<>();
    for (Change change : note.changes()) {
      lines.add(changes.line(change, s -> Mrkdwn.text(s, MAX_ENTRY), pointer(note.card())));
    }
    out.entries(lines, 0, words::andMore);
    return out;
  }

  private static String pointer(IncidentCard card) {
    String into = card.mergedInto() == null ? "?" : card.mergedInto();
    return card.mergedPage() == null
        ? Mrkdwn.code(into, 120)
        : Mrkdwn.ownLink(card.mergedPage(), into);
  }

  private static String emoji(IncidentCard card) {
    return switch (card.state()) {
      case RESOLVED -> "✅";
      case MERGED -> "🔀";
      case OPEN, ACKNOWLEDGED -> color(card.severity());
    };
  }

  private static String color(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "🔴";
      case WARNING -> "🟠";
      case INFO -> "🔵";
    };
  }

  private String summary(IncidentCard card) {
    String text =
        emoji(card)
            + " "
            + words.severity(card.severity()).toUpperCase(Locale.ROOT)
            + " · "
            + words.state(card.state())
            + ": ";
    return text + Mrkdwn.defanged(card.title(), MAX_TEXT - text.length());
  }

  private String summary(ChangeNote note) {
    IncidentCard card = note.card();
    String into = card.mergedInto() == null ? "?" : card.mergedInto();
    String line =
        changes.line(
            note.changes().get(0),
            s -> Mrkdwn.defanged(s, MAX_TEXT / 4),
            Mrkdwn.defanged(into, MAX_TEXT / 4));
    return line + " · " + Mrkdwn.defanged(card.title(), MAX_TEXT / 4);
  }

  /** Blocks within the limits. */
  private static final class Page {

    private final List<LayoutBlock> blocks = new ArrayList<>();
    private int left = MAX_CHARACTERS;

    void reserve(SectionText text) {
      left -= text.size() + BLOCK_OVERHEAD;
    }

    int room() {
      return Math.max(0, Math.min(MAX_SECTION, left - BLOCK_OVERHEAD));
    }

    void add(SectionText text) {
      if (!text.isEmpty()) {
        left -= text.size() + BLOCK_OVERHEAD;
        blocks.add(SectionBlock.builder().text(markdown(text)).build());
      }
    }

    List<LayoutBlock> finish(SectionText context) {
      if (!context.isEmpty()) {
        blocks.add(ContextBlock.builder().elements(List.of(markdown(context))).build());
      }
      return blocks;
    }

    private static MarkdownTextObject markdown(SectionText text) {
      return MarkdownTextObject.builder().text(text.toString()).verbatim(true).build();
    }
  }
}
