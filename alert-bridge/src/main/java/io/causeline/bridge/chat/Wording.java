package io.causeline.bridge.chat;

import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own words in chat, in one language. Arguments are put in as they are: a channel escapes what
 * comes from outside first.
 */
public final class Wording {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final boolean chinese;

  /** The words of this language. */
  public Wording(Language language) {
    this.chinese = language == Language.ZH;
  }

  private String say(String english, String inChinese) {
    return chinese ? inChinese : english;
  }

  /** The word for a severity. */
  public String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> say("critical", "严重");
      case WARNING -> say("warning", "警告");
      case INFO -> say("info", "信息");
    };
  }

  /** The word for a state. */
  public String state(State state) {
    return switch (state) {
      case OPEN -> say("open", "进行中");
      case ACKNOWLEDGED -> say("acknowledged", "已确认");
      case RESOLVED -> say("resolved", "已恢复");
      case MERGED -> say("merged", "已合并");
    };
  }

  /** Label of the best hypothesis. */
  public String probably() {
    return say("Probably", "最可能的原因");
  }

  /** Label of the second. */
  public String orElse() {
    return say("Or else", "其次可能");
  }

  /** Said instead of a hypothesis where nothing known fits. */
  public String causeUnknown() {
    return say("Cause unknown", "原因未知");
  }

  /** Label of what is hit. */
  public String hit() {
    return say("Hit", "受影响");
  }

  /** How many Services, Pods and Nodes are hit; empty if none. */
  public String counts(int services, int pods, int nodes) {
    List<String> parts = new ArrayList<>();
    if (services > 0) {
      parts.add(say(services + (services == 1 ? " service" : " services"), services + " 个服务"));
    }
    if (pods > 0) {
      parts.add(say(pods + (pods == 1 ? " pod" : " pods"), pods + " 个 Pod"));
    }
    if (nodes > 0) {
      parts.add(say(nodes + (nodes == 1 ? " node" : " nodes"), nodes + " 个节点"));
    }
    return String.join(say(", ", "、"), parts);
  }

  /** Ends a list that was cut. */
  public String andMore(int more) {
    return say("… and " + more + " more", "……以及另外 " + more + " 项");
  }

  /** Label of the next step. */
  public String next() {
    return say("Next", "下一步");
  }

  /** Label of the fix. */
  public String fix() {
    return say("Fix", "修复");
  }

  /** Label of what could go wrong with the fix. */
  public String risk() {
    return say("Risk", "风险");
  }

  /** Label of the alerts. */
  public String alerts() {
    return say("Alerts", "告警");
  }

  /** Text of a link to a runbook, before its host. */
  public String runbook() {
    return say("runbook", "处理手册");
  }

  /** Text of a link to where an alert's expression can be seen, before its host. */
  public String source() {
    return say("source", "来源");
  }

  /** Text of the link to the incident's page. */
  public String openIncident() {
    return say("open incident", "查看故障");
  }

  /** Warns that something may have been missed. */
  public String gaps() {
    return say("Something may be missing", "数据可能不完整");
  }

  /** When it began. */
  public String since(Instant at) {
    return say("since ", "开始于 ") + UTC.format(at);
  }

  /** When it was over, and how long it lasted. */
  public String resolvedAfter(Instant at, Duration lasted) {
    return say(
        "resolved " + UTC.format(at) + " after " + duration(lasted),
        "恢复于 " + UTC.format(at) + "，历时 " + duration(lasted));
  }

  /** How often it came back. */
  public String reopenedTimes(int times) {
    return say("reopened " + times + (times == 1 ? " time" : " times"), "重新打开 " + times + " 次");
  }

  /** Where to look instead of a merged incident. */
  public String mergedInto(String pointer) {
    return say("Merged into " + pointer + ": follow it there.", "已合并到 " + pointer + "，请在那里继续跟进。");
  }

  /** A hypothesis took over. */
  public String hypothesisChanged(String before, String after, int percent) {
    return say(
        "Now more likely: " + after + " (" + percent + " %). Before: " + before,
        "现在更可能的原因：" + after + "（" + percent + " %）。此前：" + before);
  }

  /** The severity was raised. */
  public String severityRaised(Severity before, Severity after) {
    return say(
        "Severity raised: " + severity(before) + " → " + severity(after),
        "级别上升：" + severity(before) + " → " + severity(after));
  }

  /** Objects of these kinds are hit that were not before. */
  public String newlyHit(String kinds) {
    return say("Now also hit: ", "新增受影响的类型：") + kinds;
  }

  /** Someone has taken it on. */
  public String acknowledged() {
    return say("Acknowledged", "已确认");
  }

  /** It is over. */
  public String resolved(Duration lasted) {
    return say("Resolved after " + duration(lasted), "已恢复，历时 " + duration(lasted));
  }

  /** It came back. */
  public String reopened(int times) {
    return times > 1
        ? say(
            "Reopened: it came back (" + times + " times by now)",
            "问题再次出现，已重新打开（共 " + times + " 次）")
        : say("Reopened: it came back", "问题再次出现，已重新打开");
  }

  /** A merge was undone. */
  public String splitOff() {
    return say("Split off again: this is an incident of its own", "已重新拆分为独立故障");
  }

  /** A duration in its two largest units. */
  public String duration(Duration lasted) {
    long seconds = Math.max(0, lasted.toSeconds());
    long days = seconds / 86_400;
    long hours = seconds / 3600 % 24;
    long minutes = seconds / 60 % 60;
    if (days > 0) {
      return units(days, say("d", "天"), hours, say("h", "小时"));
    }
    if (hours > 0) {
      return units(hours, say("h", "小时"), minutes, say("min", "分"));
    }
    if (minutes > 0) {
      return units(minutes, say("min", "分"), seconds % 60, say("s", "秒"));
    }
    return seconds + " " + say("s", "秒");
  }

  private static String units(long major, String majorUnit, long minor, String minorUnit) {
    return minor == 0
        ? major + " " + majorUnit
        : major + " " + majorUnit + " " + minor + " " + minorUnit;
  }
}
