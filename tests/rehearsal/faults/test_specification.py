"""Faults as a person writes them, and what is wrong with those that mean nothing."""

from __future__ import annotations

import pytest

from rehearsal.faults.kinds import FAULT_KINDS
from rehearsal.faults.plan import read_faults
from rehearsal.faults.specification import parse_fault
from rehearsal.model.errors import RehearsalError


def test_a_fault_alone_strikes_the_first_create_that_it_can() -> None:
    fault = parse_fault("throttled")
    assert (fault.method, fault.nth, fault.times, fault.status) == ("create", 1, 1, 429)
    assert fault.matches("create", "azure-native:storage:StorageAccount", "urn")
    assert not fault.matches("update", "azure-native:storage:StorageAccount", "urn")


def test_every_part_can_be_chosen() -> None:
    text = "server-error:type=azure-native:storage:*,urn=*::lake,method=delete,nth=2,times=4,status=503,retry-after=5"
    fault = parse_fault(text)
    assert fault.matches("delete", "azure-native:storage:StorageAccount", "urn:pulumi:dev::p::t::lake")
    assert not fault.matches("delete", "azure-native:storage:StorageAccount", "urn:pulumi:dev::p::t::other")
    assert (fault.nth, fault.times, fault.status, fault.retry_after) == (2, 4, 503, 5)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("flood", "no fault 'flood'; there are throttled, conflict"),
        ("throttled:color=red", "'color=red' is none of type=…, urn=…, method=…"),
        ("throttled:nth", "'nth' is none of"),
        ("throttled:nth=0", "nth=0: must be a whole number from 1"),
        ("throttled:times=x", "times=x: must be a whole number from 1"),
        ("throttled:share=2", "share=2: must be above 0 and at most 1"),
        ("throttled:method=invoke", "method=invoke: must be one of create, update, delete, read"),
        ("server-error:status=418", "status=418: must be one of 500, 502, 503, 504"),
        ("conflict:status=500", "only server-error takes a status"),
        ("principal-not-found:method=delete", "does not strike delete; it strikes create"),
        ("lost:type=databricks:*", "lost strikes azure-native:\\* only, never databricks:\\*"),
        ("lost:times=4", "after 3 lost answers the client gives up"),
        ("all:share=0", "share=0: must be above 0"),
    ],
)
def test_what_means_nothing_is_refused_with_what_would(text: str, complaint: str) -> None:
    with pytest.raises(RehearsalError, match=complaint):
        read_faults([text], seed=0)


def test_all_is_every_kind() -> None:
    assert {fault.kind.name for fault in read_faults(["all"], seed=1)} == set(FAULT_KINDS)
    assert {fault.share for fault in read_faults(["all:share=0.3"], seed=1)} == {0.3}


@pytest.mark.parametrize("name", FAULT_KINDS)
def test_every_kind_says_what_it_is_and_where_it_is_from(name: str) -> None:
    kind = FAULT_KINDS[name]
    assert all((kind.title, kind.message, kind.source, kind.types, kind.methods))
    assert parse_fault(name).method in kind.methods
