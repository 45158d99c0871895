package io.causeline.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.chaos.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The figures of all rounds, as one JSON object. */
final class Summary {

  private final long seed;
  private final int minutes;
  private final List<Round.Result> rounds = new ArrayList<>();

  Summary(long seed, int minutes) {
    this.seed = seed;
    this.minutes = minutes;
  }

  void add(Round.Result round) {
    rounds.add(round);
  }

  /** Whether there was a round, and nothing was found in any. */
  boolean ok() {
    return !rounds.isEmpty() && rounds.stream().allMatch(round -> round.verdict().ok());
  }

  /** The one line. */
  String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("chaos", "causeline").put("ok", ok());
    json.put("seed", seed).put("minutes", minutes).put("rounds", rounds.size());
    ObjectNode kills = json.putObject("kills");
    for (Round.Result round : rounds) {
      round
          .figures()
          .kills()
          .forEach((process, times) -> kills.put(process, kills.path(process).asInt() + times));
    }
    json.put("outages", sumOf(World.Figures::outages));
    json.put("endedByThemselves", sumOf(World.Figures::ended));
    json.put("apiFaults", sumOf(World.Figures::connections));
    json.put("webhooksSent", sumOf(World.Figures::webhooks));
    json.put("webhooksAnswered200", sumOf(World.Figures::answered));
    json.put("duplicatesSent", sumOf(World.Figures::duplicates));
    json.put("poison", sumOf(World.Figures::poison));
    json.put("slackAnswersLost", sumOf(World.Figures::lostAnswers));
    json.put("signals", sum(round -> round.seen().signals().size()));
    json.put("deadLetters", sum(round -> round.seen().deadLetters().size()));
    json.put("incidents", sum(round -> round.seen().incidents().size()));
    json.put("slackMessages", sum(round -> round.seen().messages().size()));
    json.put("lost", sum(round -> round.verdict().lost().size()));
    json.put("doubled", sum(round -> round.verdict().doubled().size()));
    json.put("differences", sum(round -> round.verdict().differences().size()));
    var failed = json.putArray("failedSeeds");
    rounds.stream().filter(round -> !round.verdict().ok()).forEach(r -> failed.add(r.seed()));
    return json.toString();
  }

  private int sumOf(ToIntFunction<World.Figures> figure) {
    return sum(round -> figure.applyAsInt(round.figures()));
  }

  private int sum(ToIntFunction<Round.Result> figure) {
    return rounds.stream().mapToInt(figure).sum();
  }
}
