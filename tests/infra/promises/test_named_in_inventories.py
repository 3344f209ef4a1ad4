"""What promises name is declared, in every platform that tests look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rehearsal.checks.references import external_ids
from tests.infra.platforms import ALL, STACKS, rehearsed

_FIRST_RESOURCE = "/providers/"


@pytest.mark.parametrize("name", ALL)
def test_every_id_of_a_promise_is_declared_or_given(name: str) -> None:
    rehearsal = rehearsed(name)
    output = rehearsal.outputs["promises"]
    assert isinstance(output, dict)
    known = {resource.id.lower() for resource in rehearsal.world.resources}
    known |= {arm_id.lower() for arm_id in external_ids(rehearsal.world)}

    unknown = [(promise, arm_id) for promise, arm_id in _ids(output) if not _is_known(arm_id.lower(), known)]

    assert not unknown


def _ids(output: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Name of the promise, and each ARM id in it; of an object of Databricks that of its workspace."""
    entries = output["promises"]
    assert isinstance(entries, dict)
    for name, entry in entries.items():
        for text in (*entry["who"].values(), *entry["from"].values(), entry["on"]):
            if text.startswith("databricks:"):
                yield name, text.partition("@")[2]
            elif text.startswith("/"):
                yield name, text


def _is_known(arm_id: str, known: set[str]) -> bool:
    """Itself, or what it is a part of: a container that the service makes lies in a declared account."""
    group, provider, tail = arm_id.partition(_FIRST_RESOURCE)
    parts = tail.split("/")
    above = (f"{group}{provider}{'/'.join(parts[:depth])}" for depth in range(len(parts), 2, -2))
    return not provider or any(one in known for one in above)


@pytest.mark.parametrize("name", STACKS)
def test_the_committed_stacks_keep_what_they_promise(name: str) -> None:
    assert rehearsed(name).promises.broken == ()
