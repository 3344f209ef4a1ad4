"""Reading the stack's output `promises`: what is right, and one line for each thing that is not."""

from __future__ import annotations

from typing import Any

import pytest

from infra.verify.promise import FormError, read_promises
from tests.infra.verify.cloud import ANALYSTS, CURATED, ML, output, promise


def test_a_promise_reads_as_a_sentence() -> None:
    from_jobs = {"from": {"managed_network": ML}, "who": {"identity": f"{ML}-jobs", "name": "training jobs"}}
    (found,) = read_promises(output(one=promise("read blobs", CURATED, **from_jobs))).promises
    assert str(found) == "training jobs from the managed network of mlw-one: read blobs on curated"
    assert (found.setting, found.port, found.group) == ("access.personas.analyst", 0, "")


def test_a_persona_is_its_group() -> None:
    (found,) = read_promises(output(one=promise("read blobs", CURATED))).promises
    assert (found.who.kind, found.who.id, str(found.who)) == ("persona", ANALYSTS, "analysts")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"does": "read blob"},
            "promises.one.does: 'read blob' is no action that is known here; nearest: read blobs",
        ),
        (
            {"from": {"place": "interned"}},
            "promises.one.from.place: there is no place interned; did you mean internet?",
        ),
        ({"from": {}}, "promises.one.from: takes exactly one of place"),
        ({"who": {"identity": "/a", "application": "b"}}, "promises.one.who: takes exactly one of persona"),
        ({"who": {"persona": "analyst"}}, "promises.one.who.group: is missing"),
        ({"on": ""}, "promises.one: names neither an object (on) nor a host (over.host)"),
        (
            {"over": {"port": "https"}},
            "promises.one.over.port: 'https' is not a port; give a number from 1 to 65535",
        ),
        ({"over": []}, "promises.one.over: must be a map"),
    ],
)
def test_what_is_wrong_is_one_line(change: dict[str, Any], says: str) -> None:
    with pytest.raises(FormError) as refused:
        read_promises(output(one=promise("read blobs", CURATED) | change))
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "promises: must be a map"),
        ({}, "promises.form: is None; this version reads form 1"),
        ({"form": 2}, "promises.form: is 2; this version reads form 1"),
        (
            {"form": 1, "places": {"hub": {"kind": "lan"}}},
            "places.hub.kind: is 'lan'; it must be network or internet",
        ),
        ({"form": 1, "places": {"hub": {"kind": "network", "ranges": ["10/8"]}}}, "places.hub.ranges: "),
    ],
)
def test_another_form_is_refused(given: object, says: str) -> None:
    with pytest.raises(FormError) as refused:
        read_promises(given)
    assert str(refused.value).startswith(says)
