"""What a stack may not ask of Databricks' git folders and credentials, and what it is told."""

from __future__ import annotations

import pytest

from infra.settings.databricks.git import is_allowed
from tests.infra.settings.databricks_edits import FOLDER, Areas, Refusals, put

ONE_PROBLEM: list[tuple[str, object, str, str]] = [
    # Git
    (
        "git_credentials",
        None,
        f"{FOLDER}.url",
        "is gitHub's, and git_credentials has none for it of owner deployer (there: none); add one",
    ),
    (
        "git_credentials.github.provider",
        "gitLab",
        f"{FOLDER}.url",
        "is gitHub's, and git_credentials has none for it of owner deployer (there: gitLab); add one",
    ),
    (
        "git_credentials.second",
        {"provider": "gitHub", "username": "ci", "personal_access_token": "env:SECOND"},
        "git_credentials.second.provider",
        "is gitHub, which github serves for the same owner already",
    ),
    ("git_credentials.github.owner", "somebody", "git_credentials.github.owner", "give 'deployer' or 'jobs'"),
    (
        "git_credentials.github.personal_access_token",
        "ghp_not_a_reference",
        "git_credentials.github.personal_access_token",
        "is written in the stack file in clear; name it as env:NAME",
    ),
    (
        "git_credentials.github.personal_access_token",
        None,
        "git_credentials.github.personal_access_token",
        "is missing; gitHub needs it (only azureDevOpsServicesAad works without)",
    ),
    (f"{FOLDER}.tag", "v1", f"{FOLDER}.branch", "give either branch or tag"),
    (f"{FOLDER}.branch", "", f"{FOLDER}.branch", "'' is not the name of a branch or tag; for example main"),
    (f"{FOLDER}.branch", "a..b", f"{FOLDER}.branch", "'a..b' is not the name of a branch or tag"),
    (f"{FOLDER}.provider", "gitLab", f"{FOLDER}.provider", "is gitLab, and https://github.com/example-org/"),
    (
        f"{FOLDER}.sparse_checkout",
        ["../other"],
        f"{FOLDER}.sparse_checkout[0]",
        "'../other' is not a path inside the repository",
    ),
    (
        "git_folders.own",
        {"url": "https://git.example.com/ml/forecasting", "branch": "main"},
        "git_folders.own.provider",
        "is missing, and Databricks does not know git.example.com; give one of gitHubEnterprise, ",
    ),
    (
        "git_folders.forecasting.url",
        "https://github.com/example-organ/forecasting",
        "git_folders.forecasting.url",
        "is outside hardening.allowed_git_urls (https://github.com/example-org); add its prefix there",
    ),
    (
        "git_folders.forecasting.url",
        "https://token@github.com/example-org/forecasting",
        "git_folders.forecasting.url",
        "holds neither a user nor a token",
    ),
    (
        "git_folders.forecasting.permissions.ml_engineer",
        "CAN_EDIT",
        "git_folders.forecasting.permissions.ml_engineer",
        "'CAN_EDIT' is not a level of a git folder; give one of CAN_READ, CAN_RUN",
    ),
    (
        "production_folder_permissions.ml_engineer",
        "CAN_MANAGE",
        "production_folder_permissions.ml_engineer",
        "'CAN_MANAGE' is not a level of a git folder; give one of CAN_READ, CAN_RUN",
    ),
    *(
        (f"{FOLDER}.url", f"https://github.com{path}", f"{FOLDER}.url", "is not the address of a repository")
        for path in (
            "/example-org/../other/repository",
            "/example-org/%2e%2e/other",
            "/example-org",
            ":x/a/b",
        )
    ),
    (
        f"{FOLDER}.url",
        "https://[github.com/example-org/x",
        f"{FOLDER}.url",
        "is not the address of a repository",
    ),
]


ALONG_WITH: dict[str, tuple[str, ...]] = {
    "git_folders.own.provider": ("git_folders.own.url",),
}
"""What else is refused where the key is: one run tells every problem."""


@pytest.mark.parametrize(("path", "value", "key", "message"), ONE_PROBLEM)
def test_a_refused_setting_names_its_key_and_what_would_be_right(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(put(path, value))
    assert found.keys() - {f"databricks.{other}" for other in ALONG_WITH.get(key, ())} == {
        f"databricks.{key}"
    }
    assert message in found[f"databricks.{key}"]


def test_a_job_s_git_source_is_read_by_the_job_and_obeys_the_allow_list(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        job = areas["databricks"]["jobs"]["score-batch"]
        job["git_source"] = {"url": "https://gitlab.com/example-org/forecasting", "branch": "main"}
        del job["tasks"]["score"]["notebook"]["git_folder"]

    assert refusals(edit) == {
        "databricks.jobs.score-batch.git_source.url": "https://gitlab.com/example-org/forecasting is outside "
        "hardening.allowed_git_urls (https://github.com/example-org); add its prefix there; is gitLab's, and "
        "git_credentials has none for it of owner jobs (there: none); add one"
    }


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://github.com/org/repo", True),
        ("https://github.com/org", True),
        ("https://github.com/organ/repo", False),
        ("https://gitlab.com/org/repo", False),
    ],
)
def test_a_prefix_covers_whole_parts_of_a_url(url: str, *, allowed: bool) -> None:
    assert is_allowed(url, ["https://github.com/org"]) is allowed
