"""Subjects of federated credentials: how GitHub and Azure DevOps write them, and which more than one place has.

Read 2026-11-30: docs.github.com actions/reference/security/oidc ("Example subject claims", "Immutable subject claims",
"Customizing the token claims"); learn.microsoft.com entra workload-id/workload-identity-federation-considerations.
"""

from __future__ import annotations

import re
from enum import StrEnum

GITHUB_ISSUER = "https://token.actions.githubusercontent.com"
AUDIENCE = "api://AzureADTokenExchange"
"""What Entra asks a token to be for."""


class GitHubContext(StrEnum):
    """What follows the repository in GitHub's default subject. A job that names an environment has no other."""

    ENVIRONMENT = "environment"
    REFERENCE = "ref"
    PULL_REQUEST = "pull_request"


_DEFAULT_FORM = re.compile(
    # Repositories made, renamed or moved after 2026-07-15 write their owner's and their own number behind the names.
    r"repo:(?P<owner>[^/@:*]+)(?P<owner_id>@\d+)?/(?P<name>[^/@:*]+)(?P<id>@\d+)?:"
    r"(?P<context>environment:[^:*]+|ref:refs/(heads|tags)/[^:*]+|pull_request)"
)
_OF_ONE_CONNECTION = re.compile(r"/eid1/c/pub/t/.+/a/.+/sc/.+/.+|sc://[^/]+/[^/]+/[^/]+")
"""Azure DevOps: one service connection (learn.microsoft.com azure/devops/pipelines/release/
configure-workload-identity)."""


def github_subject(prefix: str, environment: str) -> str:
    """The subject of jobs of one environment; `prefix` is `repo:OWNER/NAME`, or with the numbers.

    GitHub writes `%3A` for a colon inside a name.
    """
    return f"{prefix}:{GitHubContext.ENVIRONMENT}:{environment.replace(':', '%3A')}"


def held_by_many(issuer: str, subject: str) -> str:
    """Why more than one protected place can have the subject; empty where only one can."""
    if not subject:
        return "it is empty"
    if "*" in subject:
        return "'*' is not a wildcard here, and its author meant many"
    if issuer.rstrip("/").lower() != GITHUB_ISSUER and not subject.startswith("repo:"):
        return ""
    found = _DEFAULT_FORM.fullmatch(subject)
    if found is None:
        return "it is not of GitHub's default form, which names one environment, branch or tag"
    if found["context"] == GitHubContext.PULL_REQUEST:
        return "every job of every pull request that names no environment has it, whatever code it runs"
    return ""


def names_service_connection(subject: str) -> bool:
    """Whether Azure DevOps gives the subject to one service connection."""
    return _OF_ONE_CONNECTION.fullmatch(subject) is not None
