"""A stack's preview as plain data, for programs: what its first screen tells, and every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rehearsal.model.azure_policy import azure_policies_document
from rehearsal.model.costs import MonthlyCost
from rehearsal.model.inventory import finding_document, policy_document
from rehearsal.model.policy import EnforcementLevel
from rehearsal.placeholders import placeholders
from rehearsal.quotas import totals
from rehearsal.run import Rehearsal
from rehearsal.summary import parts


def summary_document(rehearsal: Rehearsal) -> Mapping[str, object]:
    """Of a rehearsal whose program ran to its end. Names and units: docs/rehearsal.md, For programs."""
    inventory = rehearsal.inventory
    deployed = sum(resource.custom and not resource.is_provider for resource in rehearsal.world.resources)
    return {
        "project": rehearsal.project,
        "stack": rehearsal.stack,
        "today": inventory.today,
        "deploys": rehearsal.ok,
        "resources": deployed,
        "parts": dict(parts(rehearsal.world)),
        "firstDeploymentMinutes": inventory.first_deployment.minutes,
        "costs": _costs(inventory.costs) if inventory.costs else None,
        "grants": len(inventory.access),
        "outside": list(inventory.external_ids),
        "quotas": [
            {
                "region": one.region,
                "quota": one.quota.title,
                "now": one.now,
                "most": one.most,
                "limit": one.limit,
            }
            for one in totals(rehearsal.world)
        ],
        "refusals": [finding_document(finding) for finding in rehearsal.refusals],
        "warnings": [finding_document(finding) for finding in rehearsal.warnings],
        "policies": [
            {
                "pack": pack.name,
                "policies": pack.policies,
                "counts": dict(Counter(finding.level.value for finding in pack.findings)),
                "findings": [
                    policy_document(finding)
                    for finding in pack.findings
                    if finding.level is not EnforcementLevel.NOT_EVALUATED
                ],
            }
            for pack in rehearsal.policies
        ],
        "azurePolicies": azure_policies_document(rehearsal.azure_policies)
        if rehearsal.azure_policies
        else None,
        "acts": {
            "played": len(rehearsal.acts),
            "refused": [one.act.name for one in rehearsal.refused_acts],
        },
        "placeholders": list(placeholders(inventory.resources)),
        "log": list(rehearsal.log),
    }


def _costs(costs: MonthlyCost) -> Mapping[str, object]:
    return {
        "currency": costs.currency,
        "asOf": costs.as_of,
        "month": round(costs.total, 2),
        "parts": costs.parts,
        "how": costs.how,
        "countedAs0": costs.counted_as_0,
        "withoutPrice": list(costs.without_price),
    }
