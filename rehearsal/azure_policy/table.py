"""What is told of Azure Policy, with its permanent ids."""

from __future__ import annotations

from azure_facts import azure_policy as facts
from rehearsal.checks.table import Checked

DENIED = "AZP300"
FAILED = "AZP301"
CONFLICT = "AZP302"
AUDITED = "AZP303"
MISSING_RELATED = "AZP304"
CHANGED = "AZP305"
DEPLOYED = "AZP306"
DELETION = "AZP307"
NOT_ENFORCED = "AZP308"
UNDECIDED = "AZP309"
NOT_EVALUATED = "AZP310"
OTHER_SUBSCRIPTION = "AZP311"

_POLICIES = "--azure-policies FILE, or azure-policies.<stack>.json beside the stack's file"

TOLD_OF_AZURE_POLICY = (
    Checked(DENIED, "refused", "nothing that an assigned Azure Policy denies", str(facts.DENY_SOURCE)),
    Checked(
        FAILED,
        "refused",
        "no assigned Azure Policy whose evaluation ends in an error: Azure denies the request then",
        str(facts.RULE_SOURCE),
    ),
    Checked(
        CONFLICT,
        "refused",
        "no append or modify of Azure Policy that contradicts the request or another policy",
        str(facts.MODIFY_SOURCE),
    ),
    Checked(AUDITED, "warned", "nothing that an assigned Azure Policy audits", str(facts.EFFECTS_SOURCE)),
    Checked(
        MISSING_RELATED,
        "warned",
        "related resources that auditIfNotExists asks for",
        str(facts.AUDIT_IF_NOT_EXISTS_SOURCE),
    ),
    Checked(CHANGED, "warned", "requests that Azure Policy does not change", str(facts.MODIFY_SOURCE)),
    Checked(
        DEPLOYED,
        "warned",
        "no resources that Azure Policy deploys beside the stack's",
        str(facts.DEPLOY_IF_NOT_EXISTS_SOURCE),
    ),
    Checked(
        DELETION,
        "warned",
        "nothing whose deletion or replacement denyAction would refuse",
        str(facts.DENY_ACTION_SOURCE),
    ),
    Checked(
        NOT_ENFORCED,
        "warned",
        "nothing that a policy would act on if its assignment were enforced",
        str(facts.ASSIGNMENT_SOURCE),
    ),
    Checked(
        UNDECIDED, "warned", "denials of Azure Policy that the request alone decides", str(facts.RULE_SOURCE)
    ),
    Checked(NOT_EVALUATED, "warned", "assigned policies that can be evaluated", _POLICIES),
    Checked(OTHER_SUBSCRIPTION, "warned", "a file of policies of the stack's own subscription", _POLICIES),
)
