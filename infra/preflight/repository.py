"""Whether main of the repository takes what its rules should let in: reviews by code owners, and checks that passed.

Asked of GitHub's REST API 2022-11-28 (docs.github.com rest/repos/rules, rest/branches/branch-protection, rest/repos/
repos, list-codeowners-errors; read 2026-11-30), where a token is given. Rules can lie in a ruleset or in the older
branch protection; the second is shown to administrators only.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.live.errors import CannotLookError
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task

CHECK = "review rules"
REQUIRED_CHECKS = ("rehearse", "check")
"""Jobs of .github/workflows/pull-request.yml."""
_SECONDS = 30


@dataclass(frozen=True)
class Hosting:
    """The repository, and a token that may read it."""

    repository: str
    token: str
    api: str = "https://api.github.com"

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Hosting | None:
        """From the variables that GitHub sets in jobs, or that somebody exports; None without them."""
        token = environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN")
        repository = environment.get("GITHUB_REPOSITORY")
        if not token or not repository:
            return None
        return cls(repository, token, environment.get("GITHUB_API_URL", "https://api.github.com"))

    def ask(self, path: str) -> Any:  # JSON of any shape
        """The answer; None for 404. Raises CannotLookError for another failure."""
        request = urllib.request.Request(  # noqa: S310 - the address is the caller's own setting
            f"{self.api}/repos/{self.repository}{path}",
            headers={
                "Authorization": f"Bearer {self.token}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
                return json.load(response)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise CannotLookError(
                f"GitHub answered {error.code} for {self.repository}{path}: the token may not look",
                "gh auth status",
            ) from error
        except OSError as error:
            raise CannotLookError(f"no answer from {self.api} ({error})", "gh auth status") from error


@dataclass(frozen=True)
class Rules:
    """What a pull request into main needs, whichever of the two places says it."""

    approvals: int = 0
    code_owners: bool = False
    dismisses_stale: bool = False
    checks: frozenset[str] = frozenset()
    administrators_too: bool = True

    def lacks(self) -> Iterator[str]:
        """In words, what is missing."""
        if self.approvals < 1:
            yield "main takes commits that nobody approved"
        if not self.code_owners:
            yield "no review by code owners is asked for"
        if not self.dismisses_stale:
            yield "an approval holds for commits that are pushed after it"
        for one in REQUIRED_CHECKS:
            if one not in self.checks:
                yield f"the check {one} is not required"
        if not self.administrators_too:
            yield "administrators go round the rules"


def review_rules(task: Task) -> Iterator[Finding]:
    """The rules of main, and whether GitHub can read CODEOWNERS."""
    hosting = task.hosting
    if hosting is None:
        yield Finding(
            CHECK,
            Verdict.NOTE,
            "not looked at: no token for GitHub (GITHUB_REPOSITORY, GITHUB_TOKEN)",
            "docs/pipelines.md says which rules main needs",
        )
        return
    settings = f"https://github.com/{hosting.repository}/settings/rules"
    missing = list(_rules(hosting).lacks())
    for one in missing:
        yield Finding(CHECK, Verdict.FAILED, one, settings)
    errors = hosting.ask("/codeowners/errors")
    if errors is None:
        yield Finding(CHECK, Verdict.FAILED, "there is no CODEOWNERS on the default branch", settings)
        return
    wrong = [f"line {one['line']}: {one['kind']}" for one in errors["errors"]]
    if wrong:
        yield Finding(
            CHECK, Verdict.FAILED, f"GitHub passes over lines of CODEOWNERS: {', '.join(wrong)}", settings
        )
    elif not missing:
        yield Finding(
            CHECK, Verdict.OK, f"main of {hosting.repository} takes reviewed and checked commits only"
        )


def _rules(hosting: Hosting) -> Rules:
    """The ruleset's where there is a rule for pull requests, else the branch protection's."""
    listed = hosting.ask("/rules/branches/main") or []
    by_type = {one["type"]: one.get("parameters") or {} for one in listed}
    if "pull_request" in by_type:
        reviews = by_type["pull_request"]
        checks = by_type.get("required_status_checks", {}).get("required_status_checks", [])
        return Rules(
            reviews["required_approving_review_count"],
            reviews["require_code_owner_review"],
            reviews["dismiss_stale_reviews_on_push"],
            frozenset(one["context"] for one in checks),
        )
    protection = hosting.ask("/branches/main/protection")
    if protection is None:
        return Rules()
    reviews = protection.get("required_pull_request_reviews") or {}
    return Rules(
        reviews.get("required_approving_review_count", 0),
        reviews.get("require_code_owner_reviews", False),
        reviews.get("dismiss_stale_reviews", False),
        frozenset((protection.get("required_status_checks") or {}).get("contexts", [])),
        (protection.get("enforce_admins") or {}).get("enabled", False),
    )
