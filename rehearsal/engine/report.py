"""An engine run as text and as JSON: pure, the same run gives the same bytes but for the times."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rehearsal.engine.events import Step
from rehearsal.engine.run import EngineRun, Operation
from rehearsal.model.urns import logical_name, qualified_type

FORMAT = 1

_WORDS = {
    "create": "to create",
    "update": "to update",
    "replace": "to replace",
    "delete": "to delete",
    "same": "unchanged",
}
_DONE = {
    "create": "created",
    "update": "updated",
    "replace": "replaced",
    "delete": "deleted",
    "same": "unchanged",
}
_PARTS_OF_A_REPLACEMENT = frozenset({"create-replacement", "delete-replaced"})
_SIGNS = {"create": "+", "update": "~", "replace": "±", "delete": "-", "import": "="}
_MARKS = {"add": "+", "delete": "-", "update": "~"}


def render_engine(run: EngineRun) -> str:
    """The report: verdict and counts first, then what changes, what policies say, what went wrong."""
    return "\n".join(_lines(run)) + "\n"


def counts(run: EngineRun) -> dict[str, int]:
    """The engine's counts; where it ended without a summary, those of its steps."""
    if run.log.counts:
        return dict(sorted(run.log.counts.items()))
    found: dict[str, int] = {}
    for step in run.log.steps.values():
        if step.operation not in _PARTS_OF_A_REPLACEMENT:
            found[step.operation] = found.get(step.operation, 0) + 1
    return dict(sorted(found.items()))


def engine_json(run: EngineRun) -> str:
    """The document for `--json`."""
    document = {
        "format": FORMAT,
        "operation": run.operation.value,
        "project": run.project,
        "stack": run.stack,
        "error": run.error,
        "refused": list(run.refused),
        "counts": counts(run),
        "changes": [
            {
                "urn": step.urn,
                "type": step.type,
                "operation": step.operation,
                "differences": dict(step.differences),
                "replaces": list(step.replaces),
                "unknown": list(step.unknown),
            }
            for step in run.log.changes
        ],
        "policyPacks": list(run.log.packs),
        "policies": [
            {
                "pack": found.pack,
                "policy": found.policy,
                "level": found.level,
                "urn": found.urn,
                "message": found.message,
            }
            for found in sorted(run.log.policies)
        ],
        "warnings": run.log.warnings,
        "faults": list(run.faults),
        "notes": list(run.notes),
        "standing": run.standing,
        "unknownToState": list(run.unknown_to_state),
        "heldNames": list(run.held_names),
        "providers": {"calls": run.provider_calls, "seconds": round(run.provider_seconds, 3)},
        "seconds": round(run.wall_seconds, 1),
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _lines(run: EngineRun) -> Iterator[str]:
    words = _WORDS if run.operation is Operation.PREVIEW else _DONE
    listed = [f"{count} {words.get(name, name)}" for name, count in counts(run).items() if count]
    verdict = "FAILED" if run.error else "ok"
    yield f"{run.project}/{run.stack} {run.operation} on the real engine: {verdict}; {', '.join(listed) or 'no change'}"
    yield from (f"  note: {note}" for note in run.notes)
    for step in run.log.changes:
        if step.operation not in _PARTS_OF_A_REPLACEMENT:
            yield from _step(step)
    for found in sorted(run.log.policies):
        yield f"  policy {found.level}: {found.policy} ({found.pack}) {found.urn}: {found.message}"
    yield from (f"  fault: {struck}" for struck in sorted(run.faults))
    yield from (f"  warning: {warning}" for warning in run.log.warnings)
    if run.error:
        yield "  error: " + run.error.replace("\n", "\n    ")
    yield from _ending(run)


def _ending(run: EngineRun) -> Iterator[str]:
    for urn in run.unknown_to_state:
        yield f"  in the simulated cloud, but not in the engine's state: {urn}; adopt it with `import_`, or delete it"
    if run.operation is Operation.DESTROY and not run.error:
        yield f"  left in the simulated cloud: {run.standing} resources"
        yield from (f"  the name is held: {name}" for name in run.held_names)
    share = run.provider_seconds / run.wall_seconds if run.wall_seconds else 0.0
    yield (
        f"  {run.wall_seconds:.1f} s, of which the providers took {run.provider_seconds:.2f} s ({share:.0%}) for "
        f"{run.provider_calls} calls"
    )


def _step(step: Step) -> Iterator[str]:
    sign = _SIGNS.get(step.operation, "?")
    kind = qualified_type(step.urn).rpartition("$")[2]
    yield f"  {sign} {step.operation:<8} {kind} {logical_name(step.urn)}"
    for path, how in step.differences.items():
        what, _, replacing = how.partition("-")
        yield f"      {_MARKS.get(what, '?')} {path}{'  (forces replacement)' if replacing else ''}"
    if step.unknown:
        yield f"      known after it is made: {', '.join(step.unknown)}"
