"""What `make azure-policies` writes is what the rehearsal reads."""

from __future__ import annotations

import datetime
from pathlib import Path

from infra.azure_judges.aliases import aliases_mentioned
from infra.azure_judges.assigned import Assigned
from infra.azure_judges.policy_file import policy_file
from rehearsal.azure_policy.evaluation import evaluate
from rehearsal.azure_policy.policy_file import read_policy_file
from tests.rehearsal.azure_policy.catalogue import (
    CONDITIONS,
    GROUPS,
    SUBSCRIPTION,
    TENANT,
    TODAY,
    aliases,
    arm_resource,
    assignment,
    document,
    entries,
    evaluated,
)

FOUND = [entry for file in (*CONDITIONS, "effects") for entry in entries(file)]


def test_the_written_file_gives_the_same_as_everything_that_azure_has(tmp_path: Path) -> None:
    """It holds only the aliases that its policies name."""
    definitions = tuple(entry.definition for entry in FOUND)
    assignments = tuple(assignment(entry) for entry in FOUND)
    providers = [
        {
            "namespace": name.partition("/")[0],
            "resourceTypes": [{"resourceType": name.partition("/")[2], "aliases": found}],
        }
        for name, found in aliases().items()
    ]
    named = aliases_mentioned(providers, (*assignments, *definitions))
    written = policy_file(
        Assigned((), assignments, definitions, (), (), named),
        TENANT,
        SUBSCRIPTION,
        datetime.date(2026, 11, 30),
    )
    path = tmp_path / "azure-policies.prod.json"
    path.write_text(written, encoding="utf-8")
    stack = [arm_resource(raw) for entry in FOUND for raw in entry.cases["violates"][:1] if "id" not in raw]
    whole = evaluated(tmp_path, document(definitions, assignments), stack)
    read = evaluate(read_policy_file(path), [*GROUPS, *stack], today=TODAY)
    assert read.summary.outcomes == whole.summary.outcomes
    assert read.findings == whole.findings
    assert len(read.findings) > len(FOUND)
