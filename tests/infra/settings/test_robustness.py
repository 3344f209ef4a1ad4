"""Whatever stands in a stack file: settings, or a refusal that names the keys; never another exception."""

from __future__ import annotations

import copy
import gc
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from infra.settings.load import Loaded, SettingsError, load_config, load_from_stack_file
from infra.settings.platform import PlatformSettings
from rehearsal.run import rehearse
from tests.infra.platforms import rehearse_patched
from tests.reference_platform import read_stack

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 21)
STACKS: dict[str, Any] = {stack: read_stack(stack) for stack in ("dev", "prod")}

same_every_time = settings(
    max_examples=800,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # a failure shows its example as it is: making it small takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

Step = str | int
Path_ = tuple[Step, ...]


def places(node: object, path: Path_ = ()) -> Iterator[Path_]:
    """The way to every key and element of a document."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        yield (*path, key)
        yield from places(value, (*path, key))


PLACES = {
    stack: [path for path in places(document) if any(str(step).startswith("mlplatform:") for step in path)]
    for stack, document in STACKS.items()
}

odd_text = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "日本語",
        "é" * 5,
        "‮abc",
        "a\nb: c",
        "{{x}}",
        "{0}{value}{",
        "%s%n",
        "x" * 100_000,
        "-1",
        "1e999",
        "env:",
        "env:NAME",
        "/subscriptions/",
        "/subscriptions/x/resourceGroups//providers/",
        "0.0.0.0/0",
        "10.0.0.0/33",
        "999.1.1.1/8",
        "2026-02-30",
        "Standard_D999999999999999999999ds_v5",
        "16.4.x-",
        "0 0 0 ? * * 99999999999999999999",
        "https://",
        "https://[",
        "http://example.com:99999999",
        "[key]",
        "٣",  # a digit to Python, and to no service
    ]
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 1, 2**31, 2**63, 2**64, -(2**63) - 1]),
    st.sampled_from([0.0, -0.5, 1e308]),
    odd_text,
    st.text(max_size=12),
)
keys = st.one_of(odd_text, st.sampled_from(["1", "true", "2.5", "secure", "name", "mode"]))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(keys, inner, max_size=3),
        # Copies: what is drawn gets into documents that are changed further.
        st.sampled_from([{"a": "b"}, {"secure": "v1:abc"}, {"secure": 1}]).map(copy.copy),
    ),
    max_leaves=4,
)
KINDS = ("replace", "remove", "extra", "wrap", "repeat", "swap", "rename", "deepen")

COPIES = 60
MOST_VALUES = 20_000
"""Repeated places hold at most some as many values: a repeated repetition of a whole area would hold a million."""


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, Any]:
    """A committed stack with one to three places changed."""
    stack = draw(st.sampled_from(sorted(STACKS)))
    document = copy.deepcopy(STACKS[stack])
    for _ in range(draw(st.integers(1, 3))):
        place, kind = draw(st.sampled_from(PLACES[stack])), draw(st.sampled_from(KINDS))
        change(document, place, kind, draw)
    return stack, document


def repeated(value: object) -> list[object]:
    """As often as `MOST_VALUES` lets."""
    size = 1 + sum(1 for _ in places(value))
    return [value] * max(2, min(COPIES, MOST_VALUES // size))


def change(document: Any, place: Path_, kind: str, draw: st.DrawFn) -> None:
    """Change one place; an earlier change may have taken it away."""
    parent = document
    for step in place[:-1]:
        try:
            parent = parent[step]
        except (KeyError, IndexError, TypeError):
            return
    last = place[-1]
    if not isinstance(parent, dict | list) or (isinstance(parent, dict) and last not in parent):
        return
    if isinstance(parent, list) and not (isinstance(last, int) and last < len(parent)):
        return
    container: Any = parent
    old: Any = container[last]
    if kind == "remove" or (kind == "rename" and isinstance(parent, list)):
        del container[last]
    elif kind == "rename":
        container[draw(keys)] = container.pop(last)
    elif kind == "extra" and isinstance(old, dict):
        old[draw(keys)] = draw(values)
    else:
        new: Any = {"wrap": [old], "repeat": repeated(old), "deepen": {"a": {"b": old}}}.get(kind)
        if kind == "swap":
            other: Any = document
            for step in draw(st.sampled_from(PLACES["dev"])):
                other = other.get(step) if isinstance(other, dict) else other
            new = copy.deepcopy(other)
        container[last] = draw(values) if new is None else new


def assert_loaded_or_refused(load: Any) -> None:
    refused = None
    try:
        loaded = load()
    except SettingsError as error:
        refused = error
    else:
        assert isinstance(loaded, Loaded)
        assert isinstance(loaded.settings, PlatformSettings)
    if refused is not None:
        assert_refusal_is_readable(refused)


def assert_refusal_is_readable(refusal: SettingsError) -> None:
    assert refusal.problems
    for problem in refusal.problems:
        area = re.match(r"mlplatform:([^.\[]+)", problem.path)
        assert area or problem.path.startswith("Pulumi.dev.yaml:"), problem
        assert problem.message.strip(), problem
        assert len(problem.message) < 5_000, problem.path
    # One line for each problem, that any terminal and any log can hold.
    assert len(str(refusal).splitlines()) == len(refusal.problems) + 1
    str(refusal).encode()


@same_every_time
@given(mutated())
def test_a_changed_stack_file_is_loaded_or_refused_by_key(stack_and_document: tuple[str, Any]) -> None:
    stack, document = stack_and_document
    assert_loaded_or_refused(
        lambda: load_config(document["config"], stack=stack, source="a file", today=TODAY)
    )


@settings(same_every_time, max_examples=100)
@given(values)
def test_whatever_a_file_holds_is_refused_by_key(document: object) -> None:
    config = {"mlplatform:ml": document}
    assert_loaded_or_refused(lambda: load_config(config, stack="dev", source="f", today=TODAY))


@settings(same_every_time, max_examples=100)
@given(st.binary(max_size=40))
def test_a_file_of_any_bytes_is_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "Pulumi.dev.yaml"
    path.write_bytes(content)
    assert_loaded_or_refused(lambda: load_from_stack_file(path, today=TODAY))


REHEARSED = 6
"""Mutants that stay valid and are rehearsed: some 2 seconds each."""


def plain_change(document: Any, random: Random, stack: str) -> None:
    """One place changed as somebody might: taken out, renamed, copied, emptied, another number, the other truth."""
    place = random.choice(PLACES[stack])
    parent: Any = document
    for step in place[:-1]:
        parent = parent[step]
    last, old = place[-1], parent[place[-1]]
    kind = random.choice(["remove", "remove", "rename", "copy", "value"])
    if kind in ("rename", "copy") and isinstance(parent, dict):
        parent[f"{last}-b"] = copy.deepcopy(old)
    if kind in ("remove", "rename"):
        del parent[last]
    elif kind == "value" and isinstance(old, bool):
        parent[last] = not old
    elif kind == "value" and isinstance(old, (int, float)):
        parent[last] = random.choice([0, 1, old + 1, old * 2])
    elif kind == "value" and isinstance(old, (dict, list)):
        parent[last] = type(old)()


def valid_mutants() -> Iterator[tuple[str, Any]]:
    """Committed stacks, each with a change that the settings take and that says something else."""
    random = Random("mutants")
    plain = {
        stack: load_config(document["config"], stack=stack, source="f", today=TODAY).settings
        for stack, document in STACKS.items()
    }
    while True:
        stack = random.choice(sorted(STACKS))
        document = copy.deepcopy(STACKS[stack])
        plain_change(document, random, stack)
        try:
            loaded = load_config(document["config"], stack=stack, source="f", today=TODAY)
        except SettingsError:
            continue
        if loaded.settings != plain[stack]:
            yield stack, document


def test_what_the_settings_take_can_be_deployed(tmp_path: Path) -> None:
    """Valid settings make a plan that nothing refuses, whatever was taken out of them."""
    for stack, document in islice(valid_mutants(), REHEARSED):
        path = tmp_path / f"Pulumi.{stack}.yaml"
        path.write_text(yaml.safe_dump(document), encoding="utf-8")
        rehearsal = rehearse(ROOT, stack, today=TODAY, stack_file=path)
        # As in tests.infra.platforms: what a rehearsal leaves would be walked again by every later collection.
        gc.collect()
        gc.freeze()
        assert rehearsal.error is None, path.read_text(encoding="utf-8")
        assert rehearsal.refusals == (), path.read_text(encoding="utf-8")


def test_the_program_refuses_as_the_loader_does() -> None:
    rehearsal = rehearse_patched({"databricks": {"pools": {"training": {"max_capacity": "‮\x00"}}}})
    assert rehearsal.error is not None
    assert "mlplatform:databricks.pools.training.max_capacity: is " in rehearsal.error.text
    assert "Traceback" not in rehearsal.error.text
