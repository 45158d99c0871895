package io.causeline.correlator.core;

import io.causeline.model.Incident.Check;
import io.causeline.model.Incident.Fix;
import java.util.List;

/** A cause's title, checks and fixes in one language, with names filled in. */
record Advice(String title, List<Check> checks, List<Fix> fixes) {}
