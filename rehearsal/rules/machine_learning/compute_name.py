"""Names of compute do not end like the node names that the service derives from them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_NAME = re.compile(r"[a-zA-Z](?![a-zA-Z0-9-]*-\d+$)[a-zA-Z0-9\-]{2,23}")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    name = resource.text("computeName")
    if name and not _NAME.fullmatch(name):
        yield Violation(
            "computeName",
            f"'{name}' must be 3-24 letters, digits and '-', begin with a letter, and not end in '-' and digits "
            "('ci-dev-1' is refused, 'ci-dev1' is not)",
        )


RULE = Rule(
    id="AML001",
    service="Azure ML compute",
    title="compute names follow the service's own pattern",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="InvalidComputeName",
    source="Azure REST spec machinelearningservices 2025-12-01, parameter computeName",
    check=_check,
    trips=Case((declare(tokens.ML_COMPUTE, {"computeName": "cpu-01"}),)),
    passes=Case((declare(tokens.ML_COMPUTE, {"computeName": "cpu01"}),)),
)
