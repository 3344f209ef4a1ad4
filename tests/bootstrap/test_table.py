"""The table of identities, judged by the pack's own rules as the stack's resources are."""

from __future__ import annotations

import datetime

import pytest

from azure_facts.federated_subjects import (
    GITHUB_ISSUER,
    github_subject,
    held_by_many,
    names_service_connection,
)
from azure_facts.roles import Role
from bootstrap.identities import MAIN, PURPOSES, Scope, identities
from bootstrap.options import Kind, Options, Previews
from policies.frame.judged import About, Judged
from policies.rules.access.federated_subject import RULE


def options(previews: Previews = Previews.REVIEWED) -> Options:
    subscription = "22222222-2222-2222-2222-222222222222"
    return Options(
        "forecast",
        "prod",
        Kind.PROD,
        subscription,
        "westeurope",
        "example-org/platform",
        "",
        ("somebody",),
        previews,
    )


@pytest.mark.parametrize("prefix", ["repo:example-org/platform", "repo:example-org@11/platform@22"])
def test_the_pack_accepts_every_subject_that_the_bootstrap_federates(prefix: str) -> None:
    about = About("prod", "prod", datetime.date(2026, 11, 30))
    for identity in identities(options()):
        props = {"issuer": GITHUB_ISSUER, "subject": github_subject(prefix, identity.place)}
        judged = Judged(RULE.types[0], identity.purpose, identity.purpose, props, about)
        assert list(RULE.check(judged)) == [], identity.purpose


def test_places_are_each_one_identity_s() -> None:
    places = [identity.place for identity in identities(options())]
    assert len(places) == len(set(places)) == len(PURPOSES)


def test_what_writes_or_runs_unmerged_code_is_reviewed_in_prod() -> None:
    for identity in identities(options()):
        writes = any(held.role is Role.CONTRIBUTOR for held in identity.roles)
        assert identity.reviewed is (writes or identity.reference != MAIN), identity.purpose


def test_only_identities_that_load_the_stack_may_decrypt_it() -> None:
    for identity in identities(options(Previews.NONE)):
        decrypts = any(held.scope is Scope.VAULT for held in identity.roles)
        assert decrypts is (identity.purpose != "gate")


@pytest.mark.parametrize(
    ("issuer", "subject", "why"),
    [
        (GITHUB_ISSUER, "repo:o/r:environment:prod", ""),
        (GITHUB_ISSUER, "repo:o@1/r@2:ref:refs/heads/main", ""),
        (GITHUB_ISSUER, "repo:o/r:ref:refs/tags/v1", ""),
        ("https://login.microsoftonline.com/t/v2.0", "/eid1/c/pub/t/x/a/y/sc/o/1", ""),
        (GITHUB_ISSUER, "repo:o/r:pull_request", "every job of every pull request"),
        (
            GITHUB_ISSUER,
            "job_workflow_ref:o/r/.github/workflows/x.yml@refs/heads/main",
            "it is not of GitHub's default form",
        ),
        (GITHUB_ISSUER, "repo:o/*:environment:prod", "'*' is not a wildcard here"),
        (GITHUB_ISSUER, "", "it is empty"),
    ],
)
def test_subjects_that_more_than_one_place_has(issuer: str, subject: str, why: str) -> None:
    assert held_by_many(issuer, subject).startswith(why)
    assert bool(held_by_many(issuer, subject)) is bool(why)


def test_a_colon_in_an_environments_name_is_written_as_github_writes_it() -> None:
    assert github_subject("repo:o/r", "prod:v1") == "repo:o/r:environment:prod%3Av1"
    assert names_service_connection("sc://organisation/project/platform-prod")
    assert not names_service_connection("repo:o/r:environment:prod")
