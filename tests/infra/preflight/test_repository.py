"""The rules of main, asked of a GitHub on loopback: rulesets, the older branch protection, CODEOWNERS."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from infra.live.errors import CannotLookError
from infra.preflight.azure import Azure
from infra.preflight.finding import Finding, Verdict
from infra.preflight.repository import REQUIRED_CHECKS, Hosting, review_rules
from infra.preflight.task import Task
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.test_expectations import settings_of

ROOT = Path(__file__).parents[3]
REPO = "GET /repos/example-org/platform"
REVIEWS = {
    "required_approving_review_count": 1,
    "require_code_owner_review": True,
    "dismiss_stale_reviews_on_push": True,
}
CHECKS = {"required_status_checks": [{"context": one} for one in REQUIRED_CHECKS]}
NO_ERRORS = {f"{REPO}/codeowners/errors": [Answer({"errors": []})]}


def look(answers: dict[str, list[Answer]]) -> list[Finding]:
    with fake_arm({**NO_ERRORS, **answers}) as github:
        hosting = Hosting("example-org/platform", "token", github.url)
        return list(review_rules(Task(settings_of("dev"), Mock(spec=Azure), hosting=hosting)))


def ruleset(
    reviews: dict[str, Any] | None = None, checks: dict[str, Any] | None = None
) -> dict[str, list[Answer]]:
    rules = [
        {"type": "deletion"},
        {"type": "pull_request", "parameters": {**REVIEWS, **(reviews or {})}},
        {"type": "required_status_checks", "parameters": CHECKS if checks is None else checks},
    ]
    return {f"{REPO}/rules/branches/main": [Answer(rules)]}


def test_a_ruleset_that_asks_for_everything() -> None:
    (finding,) = look(ruleset())
    assert (finding.verdict, finding.stops) == (Verdict.OK, False)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (ruleset({"required_approving_review_count": 0}), "main takes commits that nobody approved"),
        (ruleset({"require_code_owner_review": False}), "no review by code owners is asked for"),
        (ruleset({"dismiss_stale_reviews_on_push": False}), "an approval holds for commits"),
        (
            ruleset(checks={"required_status_checks": [{"context": "check"}]}),
            "the check rehearse is not required",
        ),
        (
            {
                **ruleset(),
                f"{REPO}/codeowners/errors": [Answer({"errors": [{"line": 3, "kind": "Unknown owner"}]})],
            },
            "GitHub passes over lines of CODEOWNERS: line 3: Unknown owner",
        ),
        ({**ruleset(), f"{REPO}/codeowners/errors": [Answer({}, 404)]}, "there is no CODEOWNERS"),
    ],
)
def test_each_rule_that_is_missing_stops_a_deployment(answers: dict[str, list[Answer]], said: str) -> None:
    (finding,) = look(answers)
    assert finding.stops
    assert finding.message.startswith(said)


def protection(*, administrators: bool) -> dict[str, list[Answer]]:
    body = {
        "required_pull_request_reviews": {
            "required_approving_review_count": 2,
            "require_code_owner_reviews": True,
            "dismiss_stale_reviews": True,
        },
        "required_status_checks": {"contexts": list(REQUIRED_CHECKS)},
        "enforce_admins": {"enabled": administrators},
    }
    return {f"{REPO}/rules/branches/main": [Answer([])], f"{REPO}/branches/main/protection": [Answer(body)]}


def test_the_older_branch_protection_counts_as_well() -> None:
    assert [finding.verdict for finding in look(protection(administrators=True))] == [Verdict.OK]
    (finding,) = look(protection(administrators=False))
    assert finding.message == "administrators go round the rules"


def test_an_unprotected_main_lacks_all_of_it() -> None:
    assert len(look({f"{REPO}/rules/branches/main": [Answer([])]})) == 5


def test_a_token_that_may_not_look_is_no_unprotected_branch() -> None:
    refused = {
        f"{REPO}/branches/main/protection": [Answer({}, 403)],
        f"{REPO}/rules/branches/main": [Answer([])],
    }
    with pytest.raises(CannotLookError, match="GitHub answered 403"):
        look(refused)


def test_without_a_token_it_says_so() -> None:
    assert Hosting.of({"GITHUB_REPOSITORY": "example-org/platform"}) is None
    (finding,) = review_rules(Task(settings_of("dev"), Mock(spec=Azure)))
    assert (finding.verdict, finding.stops) == (Verdict.NOTE, False)


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/deploy.yml",
        ".github/CODEOWNERS",
        ".azuredevops/steps.yml",
        "bootstrap/identities.py",
        "policies/waivers.yaml",
        "policies/rules/access/federated_subject.py",
        "rehearsal/rules/__init__.py",
        "Makefile",
        "environments.json",
        "requirements.txt",
        "Pulumi.prod.yaml",
    ],
)
def test_what_decides_about_changes_has_owners(path: str) -> None:
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}
    assert all(owners for owners in owned.values())
    matching = [
        one
        for one in owned
        if path.startswith(one[1:]) or (not one.endswith("/") and Path(path).match(one[1:]))
    ]
    assert matching, path
