"""Our answers beside those that the recorded engine was given, field by field.

The recordings hold requests. What the provider of that day answered shows in them all the same: outputs come back as
`olds`, a decision of `Diff` is the call that follows it. That provider accepted everything and made up little: where
we answer otherwise, the table says why, and a row that no answer needs fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pulumi.runtime.proto import provider_pb2

from rehearsal.model.wire import from_struct
from rehearsal.provider.server import running_providers
from tests.rehearsal.provider.conftest import SUBSCRIPTION, TODAY
from tests.rehearsal.provider.recorded import Connections, Played

LOGICAL_NAME = "the recorded provider gave every name as the program's own; services give the resource's"
MADE_UP = "made up by the service"
ANOTHER_GROUP = (
    "the group's recorded name became another: azure-native replaces for each part of an id, the recorded provider "
    "updated"
)
NOT_THERE = "follows from the refusal above: what was not made cannot be found or deleted"
ANOTHER_WORKSPACE = (
    "the recorded workspace lost its URL on the way: its objects are looked for in another workspace"
)
UNKNOWN_NAME = "an unknown part of the id may be another: azure-native says so, the recorded provider did not"

DIFFERENCES: Mapping[tuple[str, str, str], str] = {
    ("Create", "rg", "name"): LOGICAL_NAME,
    ("Create", "raw", "name"): "the recorded provider took the account's name for the container's",
    ("Create", "dbw", "workspaceUrl"): MADE_UP,
    ("Create", "pol", "name"): LOGICAL_NAME,
    ("Create", "tok", "name"): "a token has no name",
    ("Create", "tok", "tokenValue"): MADE_UP,
    ("Diff", "dbw", "decision"): ANOTHER_GROUP,
    ("Diff", "raw", "decision"): UNKNOWN_NAME,
    ("Update", "dbw", "refused"): ANOTHER_GROUP,
    (
        "Create",
        "lake",
        "refused",
    ): "the recorded program took the group's name from the provider: it was not given one",
    ("Read", "lake", "found"): NOT_THERE,
    ("Read", "pol", "found"): ANOTHER_WORKSPACE,
    ("Read", "tok", "found"): ANOTHER_WORKSPACE,
}

Difference = tuple[str, str, str]


def test_every_recorded_answer_is_ours_or_differs_for_a_stated_reason(tmp_path: Path) -> None:
    found: set[Difference] = set()
    made: dict[str, Played] = {}
    with running_providers(tmp_path / "cloud.jsonl", TODAY, subscription=SUBSCRIPTION) as running:
        connections = Connections(running)
        for recording in ("preview_create", "up", "preview_change", "up_change", "refresh", "destroy"):
            played = connections.play(recording, refusals=True)
            if recording == "up":
                made = {call.request.urn: call for call in played if call.method == "Create"}
            found |= {(call.method, call.name, "refused") for call in played if call.refusal}
            if recording.endswith("change"):  # what stands there is what `up` made
                found |= set(_outputs(played, made))
            found |= set(_decisions(played))
            found |= {
                ("Read", call.name, "found")
                for call in played
                if call.method == "Read" and not call.answer.id
            }
        connections.close()
    assert found == set(DIFFERENCES)


def test_check_echoes_and_configuration_is_taken_in_every_recording(tmp_path: Path) -> None:
    with running_providers(tmp_path / "cloud.jsonl", TODAY, subscription=SUBSCRIPTION) as running:
        connections = Connections(running)
        for recording in ("preview_create", "up", "preview_change", "up_change", "refresh", "destroy"):
            for call in connections.play(recording, refusals=True):
                if call.method in ("Check", "CheckConfig"):
                    assert call.answer.inputs == call.request.news
                if call.method == "DiffConfig":
                    changed = from_struct(call.request.old_inputs) != from_struct(call.request.news)
                    assert (call.answer.changes == provider_pb2.DiffResponse.DIFF_SOME) is changed
        connections.close()


def _outputs(played: list[Played], made: Mapping[str, Played]) -> Iterator[Difference]:
    """The first `olds` of a resource that `up` made are what its recorded creation answered."""
    seen: set[str] = set()
    for call in played:
        if call.method != "Diff" or call.request.urn not in made or call.request.urn in seen:
            continue
        seen.add(call.request.urn)
        ours = from_struct(made[call.request.urn].answer.properties)
        for name, recorded in from_struct(call.request.olds).items():
            if ours.get(name) != recorded:
                yield ("Create", call.name, name)


def _decisions(played: list[Played]) -> Iterator[Difference]:
    """In a preview or an `up`, what the engine does next with a resource is what `Diff` decided. Reads come with
    differences of their own."""
    if any(call.method == "Read" for call in played):
        return
    for place, call in enumerate(played):
        if call.method == "Diff":
            later = {other.method for other in played[place + 1 :] if other.name == call.name}
            recorded = (
                "replace" if later & {"Create", "Delete"} else "update" if "Update" in later else "same"
            )
            if _decision(call.answer) != recorded:
                yield ("Diff", call.name, "decision")


def _decision(answer: provider_pb2.DiffResponse) -> str:
    if answer.changes == provider_pb2.DiffResponse.DIFF_NONE:
        return "same"
    return "replace" if answer.replaces else "update"
