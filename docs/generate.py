"""Write the generated files of docs/, or with --check fail when one is not fresh."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence

from docs.corpus_table import page_with_counts
from docs.generate_drift import drift_page
from docs.generate_policies import policy_pages
from docs.generate_resources import resources_page
from docs.generate_settings import settings_page
from docs.generated import ROOT, WRITTEN_BY, write_or_compare
from docs.identity_reach import identities_page
from docs.threat_model import threat_model_page
from infra.access.granted import granted_roles_file
from infra.access.losses_page import losses_page
from infra.access.page import access_page
from infra.settings.databricks.policies import PolicyFile
from infra.settings.schema import stack_file_schema
from rehearsal.authorisation.table import TOLD_OF_ACTS
from rehearsal.azure_policy.table import TOLD_OF_AZURE_POLICY
from rehearsal.checks.table import CHECKED
from rehearsal.model.finding import Severity
from rehearsal.promises.table import TOLD_OF_PROMISES
from rehearsal.requirements.table import TOLD_OF_REQUIREMENTS
from rehearsal.rules import all_rules
from rehearsal.rules.rule import Rule

_ACTS = """\
These are checked for each act of `Acts.<stack>.yaml`, with the rights of its identity
([rehearsal.md](rehearsal.md#acts)). Without such a file they are not checked."""
_AZURE_POLICY = """\
Of the policies that a file says are assigned to the subscription ([azure-policies.md](azure-policies.md)). Without
such a file nothing is told."""

_REQUIREMENTS = """\
A requirement is a road or a right that a declared resource needs to function. It is a refusal in
a program that exports promises, and a warning in any other, because other programs may get it from elsewhere. The rows
are in `rehearsal/requirements/`."""


def generated_files() -> Mapping[str, str]:
    """Path below the project, to content."""
    schema = stack_file_schema()
    return {
        "docs/schemas/stack.schema.json": json.dumps(schema, indent=2) + "\n",
        "docs/schemas/cluster-policy.schema.json": json.dumps(PolicyFile.model_json_schema(), indent=2)
        + "\n",
        "docs/settings.md": settings_page(schema, WRITTEN_BY),
        "docs/access.md": access_page(WRITTEN_BY),
        "bootstrap/granted_roles.json": granted_roles_file(),
        "docs/databricks-drift.md": drift_page(WRITTEN_BY),
        "docs/recovery-by-identity.md": losses_page(WRITTEN_BY),
        "docs/resources.md": resources_page(WRITTEN_BY),
        "docs/threat-model.md": threat_model_page(WRITTEN_BY),
        "docs/pipeline-identities.md": identities_page(ROOT, WRITTEN_BY),
        "docs/service-rules.md": rules_page(all_rules()),
        "docs/rehearsal.md": page_with_counts(ROOT / "docs/rehearsal.md"),
        **policy_pages(WRITTEN_BY),
    }


def rules_page(rules: Sequence[Rule]) -> str:
    """What the rehearsal refuses and warns of: service rules, and what is checked on every resource."""
    refusing = sum(rule.severity is Severity.REFUSAL for rule in rules)
    lines = ["# What the rehearsal refuses", "", WRITTEN_BY, ""]
    lines += [
        f"{len(rules)} service rules: {refusing} refuse what the service would refuse (with its status and code), "
        f"{len(rules) - refusing} warn of what deploys but does not work, or not for long. Each is one file in "
        "`rehearsal/rules/`, with a case that breaks it and one that does not; ids are permanent. "
        f"Below them, {len(CHECKED)} checks that hold for every resource.",
        "",
    ]
    for service in sorted({rule.service for rule in rules}):
        lines += [f"## {service}", "", "| id | | what holds | answer | source |", "|---|---|---|---|---|"]
        lines += [_rule_row(rule) for rule in rules if rule.service == service]
        lines.append("")
    lines += ["## Every resource", "", "| id | | what holds | source |", "|---|---|---|---|"]
    lines += [
        f"| {check.id} | {check.severity} | {_cell(check.what)} | {_cell(check.source)} |"
        for check in CHECKED
    ]
    lines += ["", "## Acts", "", _ACTS, "", "| id | | what holds | source |", "|---|---|---|---|"]
    lines += [
        f"| {check.id} | {check.severity} | {_cell(check.what)} | {_cell(check.source)} |"
        for check in TOLD_OF_ACTS
    ]
    lines += [
        "",
        "## Requirements",
        "",
        _REQUIREMENTS,
        "",
        "| id | | what holds | source |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {check.id} | {check.severity} | {_cell(check.what)} | {_cell(check.source)} |"
        for check in (*TOLD_OF_PROMISES, *TOLD_OF_REQUIREMENTS)
    ]
    lines += [
        "",
        "## Azure Policy",
        "",
        _AZURE_POLICY,
        "",
        "| id | | what holds | source |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {check.id} | {check.severity} | {_cell(check.what)} | {_cell(check.source)} |"
        for check in TOLD_OF_AZURE_POLICY
    ]
    return "\n".join(lines) + "\n"


def _rule_row(rule: Rule) -> str:
    kind = "refused" if rule.severity is Severity.REFUSAL else "warned"
    answer = " ".join(filter(None, [str(rule.status or ""), rule.code]))
    return f"| {rule.id} | {kind} | {_cell(rule.title)} | {answer} | {_cell(rule.source)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write or check; 1 when a file is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    return write_or_compare(generated_files(), check=check)


if __name__ == "__main__":
    sys.exit(main())
