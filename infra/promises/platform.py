"""Every promise of one stack, and the output that says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import pulumi

from infra.promises import parties
from infra.promises.catalog import catalog_promises
from infra.promises.data import data_promises
from infra.promises.databricks import databricks_promises
from infra.promises.databricks_jobs import databricks_job_promises
from infra.promises.databricks_tracking import databricks_tracking_promises
from infra.promises.machine_learning import machine_learning_promises
from infra.promises.made import Made
from infra.promises.operations import foundation_promises, operating_promises
from infra.promises.people import command_promises, people_promises
from infra.promises.places import people, places
from infra.promises.promise import FORM, Promise
from infra.promises.serving import scoring, serving_promises
from infra.promises.sharing import sharing_promises
from infra.promises.site import Site
from infra.settings.access import WorkloadRight
from infra.settings.platform import PlatformSettings

NOTHING_MADE: Made = {}


def promises(settings: PlatformSettings, made: Made = NOTHING_MADE) -> tuple[Promise, ...]:
    """All of them, by name; `made` are ids that services make up. Raises ValueError for two of one name."""
    site = Site(settings)
    return tuple(_apart(foundation_promises(site) if settings.foundation_only else _all(site, made)))


def promised(settings: PlatformSettings, made: Made = NOTHING_MADE) -> dict[str, pulumi.Input[object]]:
    """The stack's output `promises` (docs/promises.md)."""
    found = promises(settings, made)
    places_named = {item.origin.id for item in found if item.origin.kind == "place"}
    listed: Mapping[str, Mapping[str, object]] = {
        key: place
        for key, place in places(Site(settings)).items()
        if key in places_named or "network" in place
    }
    return {
        "form": FORM,
        "places": listed,
        "promises": {item.name: item.output() for item in found},
    }


def _all(site: Site, made: Made) -> Iterable[Promise]:
    return chain(
        people_promises(site),
        command_promises(site),
        machine_learning_promises(site),
        serving_promises(site, made),
        _programs_that_score(site),
        databricks_promises(site),
        databricks_job_promises(site),
        databricks_tracking_promises(site),
        catalog_promises(site),
        data_promises(site),
        sharing_promises(site, made),
        operating_promises(site),
    )


def _programs_that_score(site: Site) -> Iterator[Promise]:
    endpoints = list(site.settings.serving.endpoints) if site.settings.serving and site.settings.ml else []
    for key, workload in site.settings.access.workloads.items():
        if WorkloadRight.CALL_ML_ENDPOINTS in workload.rights:
            yield from scoring(
                site, f"program.{key}", parties.program(site, key), people(site), endpoints, "access"
            )


def _apart(found: Iterable[Promise]) -> Iterator[Promise]:
    seen: set[str] = set()
    for item in found:
        if item.name in seen:
            raise ValueError(f"two promises are named {item.name}")
        seen.add(item.name)
        yield item
