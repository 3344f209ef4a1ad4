"""The change of a real preview: from `pulumi preview --json`, or from the engine's event log.

Both say the same of each resource (pulumi 3.260 pkg/display/json.go, sdk/go/common/apitype/events.go): the step, the
state before and after, and a detailed difference. Only the event log carries policy findings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearsal.access import access_grants
from rehearsal.changes.consequences import access_changes, unprotected, with_followers
from rehearsal.changes.costs import cost_change
from rehearsal.changes.critical_path import critical_path
from rehearsal.changes.engine_log import failure, read_event_log, read_text, told_at
from rehearsal.changes.engine_steps import KINDS, Step, read_step, together
from rehearsal.changes.model import CriticalPath, FindingChange, ResourceChange, StackChange, in_order
from rehearsal.changes.picture import component_names, picture
from rehearsal.changes.properties import property_changes
from rehearsal.changes.values import is_unknown
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.costs import monthly_cost
from rehearsal.model.errors import RehearsalError
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.json_reader import JsonReader, WrongJsonError, parse_json
from rehearsal.model.json_values import objects_at, text_at
from rehearsal.model.paths import walk
from rehearsal.model.policy import COULD_NOT_RUN
from rehearsal.model.resource import Options
from rehearsal.model.urns import STACK_TYPE
from rehearsal.model.values import Json, JsonObject
from rehearsal.people import people_in

_SILENT = frozenset(
    {
        "same",
        "read",
        "read-replacement",
        "refresh",
        "discard",
        "discard-replaced",
        "remove-pending-replace",
    }
)
"""The engine's steps that change nothing in a cloud (pulumi sdk/go/common/apitype/history.go, OpType)."""

_URN = "urn:pulumi:"


def from_preview_json(path: Path, stack: str = "", project: str = "") -> StackChange:
    """The change of `pulumi preview --json > FILE`. Raises `RehearsalError` for another kind of file."""
    try:
        document = parse_json(read_text(path))
    except WrongJsonError as error:
        raise RehearsalError(f"{path}: {error}; write it with pulumi preview --json") from error
    if not isinstance(document, dict) or not isinstance(document.get("steps"), list):
        raise RehearsalError(f"{path}: has no steps; write it with pulumi preview --json")
    found: list[Step] = []
    for number, item in enumerate(_objects(document["steps"]), 1):
        with told_at(f"{path}: step {number}"):
            found.append(read_step(JsonReader(item), ("oldState", "newState", "replaceReasons")))
    errors = [item for item in objects_at(document, "diagnostics") if text_at(item, "severity") == "error"]
    return _stack_change(_Asked(stack, project), found, [failure(item) for item in errors])


def from_event_log(path: Path, stack: str = "", project: str = "") -> StackChange:
    """The change of an event log. Raises `RehearsalError` for another kind of file.

    `stack` and `project` are those that are asked for: a log of others says so.
    """
    log = read_event_log(path)
    return _stack_change(_Asked(stack, project), log.steps, log.findings, log.notices)


def _objects(steps: Json) -> list[JsonObject]:
    """The steps; what is no object is read as an empty one, which is no step."""
    return [item if isinstance(item, dict) else {} for item in steps] if isinstance(steps, list) else []


@dataclass(frozen=True)
class _Asked:
    """The stack and project that a reader asks for, empty for any."""

    stack: str
    project: str

    def found(self, steps: Iterable[Step]) -> str:
        """The stack that the steps are of."""
        return (
            next((step.urn.split("::", 1)[0].removeprefix(_URN) for step in steps), self.stack) or "the stack"
        )

    def notices(self, steps: Iterable[Step]) -> Iterator[str]:
        """Whether the steps are of another stack or project, or of several."""
        places = sorted({tuple(step.urn.removeprefix(_URN).split("::", 2)[:2]) for step in steps})
        told = ", ".join(f"stack {stack} of project {project}" for stack, project in places)
        if len(places) > 1:
            yield f"the preview is of several stacks: {told}"
        for stack, project in places:
            if (self.stack or stack, self.project or project) != (stack, project):
                yield f"the preview is of {told}, not of " + " of ".join(
                    filter(None, (f"stack {self.stack or stack}", self.project and f"project {self.project}"))
                )
                return


def _stack_change(
    asked: _Asked, steps: Sequence[Step], findings: Iterable[FindingChange], notices: Iterable[str] = ()
) -> StackChange:
    taken = [whole for group in _by_resource(steps) if (whole := together(group)) is not None]
    old = {step.urn: step.old for step in taken if step.old}
    new = {step.urn: step.new for step in taken if step.new}
    components = {**component_names(old.values()), **component_names(new.values())}
    found: dict[str, ResourceChange] = {}
    cascade: set[str] = set()
    for step in taken:
        state = step.new or step.old
        kind = KINDS.get(step.operation)
        if state is None or kind is None or not state.is_deployed:
            continue
        if kind is ChangeKind.UPDATE and _only_unknown(step):
            cascade.add(state.label)
        else:
            found[step.urn] = _change(kind, step, state, components)
    # A log that was cut off may have only the first half of a replacement: what comes after is like what was before.
    new |= {
        urn: old[urn] for urn, change in found.items() if change.kind is ChangeKind.REPLACE and urn not in new
    }
    changes = with_followers(_told_as_moved(found, old, new), old, new)
    ordered = tuple(sorted(changes, key=in_order))
    judged, unjudged = _apart(findings)
    unknown = sorted({step.operation for step in steps} - KINDS.keys() - _SILENT)
    told = [*notices, *asked.notices(steps)]
    told += [f"steps of a kind that this version does not know: {', '.join(unknown)}"] if unknown else []
    before, after = _stack_outputs(old.values()), _stack_outputs(new.values())
    people = {**people_in(before), **people_in(after)}
    has_graph = any(item.dependencies for item in new.values())
    return StackChange(
        stack=asked.found(steps),
        changes=ordered,
        same=sum(step.operation == "same" and _is_deployed(step) for step in taken),
        cascade=tuple(sorted(cascade)),
        access=access_changes(
            access_grants(old.values(), others=new.values(), people=people),
            access_grants(new.values(), others=old.values(), people=people),
        ),
        findings=judged,
        unjudged=unjudged,
        components=picture(new.values(), ordered),
        critical_path=critical_path(ordered, new) if has_graph else CriticalPath(),
        unprotected=unprotected(old, new),
        costs=cost_change(monthly_cost(before), monthly_cost(after), is_first=not old),
        notice="; ".join(told),
    )


def _stack_outputs(states: Iterable[InventoryResource]) -> JsonObject:
    """What the stack exports; a preview that is not of the whole stack says nothing of it."""
    return next((item.outputs for item in states if item.type == STACK_TYPE), {})


def _by_resource(steps: Iterable[Step]) -> Iterable[list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(step.urn, []).append(step)
    return found.values()


def _is_deployed(step: Step) -> bool:
    state = step.new or step.old
    return state is not None and state.is_deployed


def _apart(findings: Iterable[FindingChange]) -> tuple[tuple[FindingChange, ...], int]:
    """What was found, and how often a policy could not judge what is not known before deployment."""
    listed = sorted(set(findings))
    judged = tuple(item for item in listed if not item.message.startswith(COULD_NOT_RUN))
    return judged, len(listed) - len(judged)


def _only_unknown(step: Step) -> bool:
    """Whether an update is shown only because something that it uses is not known before deployment.

    Without a detailed difference its provider was not configured: it has unknown settings itself.
    """
    after = _inputs(step.new)
    return all(is_unknown(walk(after, path)) for path in step.difference)


def _change(
    kind: ChangeKind, step: Step, state: InventoryResource, components: Mapping[str, str]
) -> ResourceChange:
    difference = step.difference if kind in (ChangeKind.UPDATE, ChangeKind.REPLACE) else {}
    protected = kind in (ChangeKind.DELETE, ChangeKind.REPLACE) and _options(step.old).protect
    if kind is ChangeKind.REPLACE:  # what the program protects no longer may be replaced in the same step
        protected = protected and _options(step.new).protect
    return ResourceChange(
        kind=kind,
        urn=step.urn,
        type=state.type,
        name=state.name,
        component=components.get(step.urn, ""),
        properties=property_changes(
            sorted(difference),
            _inputs(step.old),
            _inputs(step.new),
            [path for path, how in difference.items() if path in step.forced or _forces(how)],
        ),
        deletes_first=step.deletes_first,
        retained=kind is ChangeKind.DELETE and _options(step.old).retain_on_delete,
        refusal="is protected, so the engine will not delete it" if protected else "",
    )


def _inputs(state: InventoryResource | None) -> JsonObject:
    return state.inputs if state is not None else {}


def _options(state: InventoryResource | None) -> Options:
    return state.options if state is not None else Options()


def _forces(how: Json) -> bool:
    """Whether a property forces the replacement: `kind` in a preview's JSON, `diffKind` in an event."""
    return (text_at(how, "kind") or text_at(how, "diffKind")).endswith("-replace")


def _told_as_moved(
    found: Mapping[str, ResourceChange],
    old: Mapping[str, InventoryResource],
    new: Mapping[str, InventoryResource],
) -> Iterator[ResourceChange]:
    """A deletion and a creation of one type with the same inputs are one resource under two URNs: a preview cannot know
    the new id."""
    gone = {
        _fingerprint(old[urn]): urn
        for urn, change in sorted(found.items())
        if change.kind is ChangeKind.DELETE and old[urn].inputs
    }
    moved: set[str] = set()
    for urn, change in found.items():
        before = gone.get(_fingerprint(new[urn])) if change.kind is ChangeKind.CREATE else None
        if before is not None and before not in moved:
            moved |= {before, urn}
            yield ResourceChange(
                ChangeKind.MOVED, urn, change.type, change.name, change.component, old_urn=before
            )
    yield from (change for urn, change in found.items() if urn not in moved)


def _fingerprint(item: InventoryResource) -> str:
    return item.type + json.dumps(item.inputs, sort_keys=True)
