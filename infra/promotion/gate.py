"""The gate: whether a model version may be promoted, and why.

    python -m infra.promotion.gate --stack prod --candidate candidate.json [--production production.json]

Both files are what `az ml model show --output json` prints, or `python -m infra.promotion.unity_catalog show`. Metrics
are the model's properties (`metric.NAME`), which cannot be changed once the version exists; tags are the vocabulary of
`infra.conventions.model_tags`. Only versions that the jobs' principal registered (`promotion.registered_by`) pass, with
the files that they were registered with. Exit code 0: accepted; 1: refused, with every reason; 2: unreadable input.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.conventions.model_metrics import METRICS
from infra.conventions.model_tags import (
    CONTENT_PROPERTY,
    METRIC_PREFIX,
    MODEL_TAGS,
    PARTITION_KEY,
    TEST_ROWS,
)
from infra.promotion.evidence import Evidence, UnreadableError, read_evidence
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.promotion import Gate, Promotion, Registrant


@dataclass(frozen=True)
class Verdict:
    """`reasons` say why not; with none the model is accepted, and `summary` says on what grounds."""

    reasons: tuple[str, ...]
    summary: str

    @property
    def accepted(self) -> bool:
        """Whether the model may be promoted."""
        return not self.reasons

    def __str__(self) -> str:
        if self.accepted:
            return f"accepted: {self.summary}"
        return "refused:\n" + "\n".join(f"  {reason}" for reason in self.reasons)


def decide(
    gate: Gate, candidate: Evidence, production: Evidence | None, registrant: Registrant | None
) -> Verdict:
    """`production` is the version that serves now, None for the first one; `registrant` whose versions may pass. Pure;
    every reason at once."""
    reasons = (
        *_registered(candidate, registrant),
        *_unchanged(candidate),
        *_tags(candidate),
        *_enough_data(gate, candidate),
        *_good_enough(gate, candidate),
        *(_better_than(gate, candidate, production) if production and gate.must_beat_production else ()),
    )
    value = candidate.metrics.get(gate.metric, math.nan)
    than = f"; production has {_shown(production, gate)}" if production else "; nothing serves yet"
    by = f"; registered by {candidate.registration}, files {(candidate.content or 'unknown')[:12]}"
    return Verdict(reasons, f"{gate.metric} {value:g} against {gate.threshold:g}{than}{by}")


def _registered(candidate: Evidence, registrant: Registrant | None) -> Iterator[str]:
    if registrant is None:
        yield "promotion.registered_by is missing in the stack file, so nobody's versions may be promoted; give it"
        return
    found = candidate.registration
    ids = {registrant.application_id.lower(), registrant.object_id.lower()}
    if found is None or found.type != "Application" or found.by.lower() not in ids:
        yield (
            f"was registered by {found or 'nobody that the service names'}; only versions of the jobs' principal "
            f"{registrant.application_id} are promoted: let the training job register it"
        )


def _unchanged(candidate: Evidence) -> Iterator[str]:
    """Unity Catalog keeps a version's files where nobody can write past it, so a digest of the job is not asked there;
    Azure ML keeps them in the workspace's storage account."""
    content, registered = candidate.content, candidate.registered_content
    if content is None:
        yield "its files were not read, so nobody knows what would be copied (python -m infra.promotion.content)"
    elif registered is None and not candidate.in_catalog:
        yield (
            f"property {CONTENT_PROPERTY} is missing: nobody can tell whether its files were changed since; the "
            "training job writes it when it registers the model"
        )
    elif registered not in (None, content):
        yield f"its files are {content}, and {registered} was registered: somebody changed them since"


def _tags(candidate: Evidence) -> Iterator[str]:
    for tag, meaning in MODEL_TAGS.items():
        if not candidate.tags.get(tag, "").strip():
            yield f"tag {tag} is missing: {meaning}; the training job sets it when it registers the model"


def _enough_data(gate: Gate, candidate: Evidence) -> Iterator[str]:
    rows = candidate.metrics.get(TEST_ROWS)
    if rows is None or not math.isfinite(rows):
        what = "missing" if rows is None else f"{rows}, no number"
        yield f"{METRIC_PREFIX}{TEST_ROWS} is {what}: nobody knows on how much data it was tested"
    elif rows < gate.minimum_test_rows:
        yield f"tested on {rows:g} rows; at least {gate.minimum_test_rows} are asked"


def _good_enough(gate: Gate, candidate: Evidence) -> Iterator[str]:
    metric = METRICS[gate.metric]
    value = candidate.metrics.get(gate.metric)
    if value is None:
        have = ", ".join(sorted(candidate.metrics)) or "none"
        yield f"{METRIC_PREFIX}{gate.metric} is missing (there: {have})"
    elif not math.isfinite(value):
        yield f"{gate.metric} is {value}: no number, so nothing is known of the model"
    elif not metric.lowest <= value <= metric.highest:
        yield f"{gate.metric} is {value:g}, which it cannot be ({metric.lowest:g} to {metric.highest:g})"
    elif not metric.better(value, gate.threshold):
        word = "above" if metric.higher_is_better else "below"
        yield f"{gate.metric} is {value:g}; {word} {gate.threshold:g} is asked"


def _better_than(gate: Gate, candidate: Evidence, production: Evidence) -> Iterator[str]:
    metric = METRICS[gate.metric]
    new = candidate.metrics.get(gate.metric, math.nan)
    old = production.metrics.get(gate.metric, math.nan)
    if candidate.name != production.name and not candidate.in_catalog:
        yield f"is another model than production's '{production.name}'; compare it with the one it replaces"
    if candidate.tags.get(PARTITION_KEY) != production.tags.get(PARTITION_KEY):
        yield (
            f"is a model of partition_key '{candidate.tags.get('partition_key')}', and production's of "
            f"'{production.tags.get('partition_key')}'; compare it with the one it replaces"
        )
    if not math.isfinite(old):
        yield (
            f"production's version {production.version} says nothing of {gate.metric}, so nothing can be better; "
            "register its metric, or set promotion.gate.must_beat_production to false once"
        )
    elif not metric.lowest <= old <= metric.highest:
        yield (
            f"{gate.metric} of production's version {production.version} is {old:g}, which it cannot be "
            f"({metric.lowest:g} to {metric.highest:g}), so nothing can be compared with it, and a version's "
            "properties never change; set promotion.gate.must_beat_production to false once"
        )
    elif not math.isfinite(new):
        return  # told already
    elif new == old:
        yield f"{gate.metric} is {new:g}, the same as production's version {production.version}: a tie is not better"
    elif not metric.better(new, old):
        yield f"{gate.metric} is {new:g}, worse than {old:g} of production's version {production.version}"
    elif not metric.better(new, old, gate.minimum_improvement):
        yield (
            f"{gate.metric} is {new:g}, better than {old:g} of production by less than "
            f"{gate.minimum_improvement:g}"
        )


def _shown(evidence: Evidence, gate: Gate) -> str:
    return f"{evidence.metrics.get(gate.metric, math.nan):g}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the verdict."""
    parser = argparse.ArgumentParser(prog="gate", description="May this model version be promoted?")
    parser.add_argument("--stack", required=True, help="the stack whose gate is asked: the one promoted to")
    parser.add_argument("--candidate", required=True, type=Path)
    parser.add_argument("--production", type=Path, help="the version that serves now; omit it for the first")
    options = parser.parse_args(arguments)
    try:
        promotion = (
            load_from_stack_file(Path(f"Pulumi.{options.stack}.yaml")).settings.promotion or Promotion()
        )
        candidate = read_evidence(options.candidate)
        production = read_evidence(options.production) if options.production else None
    except (SettingsError, UnreadableError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    verdict = decide(promotion.gate, candidate, production, promotion.registered_by)
    sys.stdout.write(f"{candidate.name} version {candidate.version} {verdict}\n")
    return 0 if verdict.accepted else 1


if __name__ == "__main__":
    raise SystemExit(main())
