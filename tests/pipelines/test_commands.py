"""The two commands as jobs run them: from the service's variables, over HTTP, to the service's API."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError

import pytest

from pipelines import comment, drift
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.reference_platform import FOLDER

SHA = "a" * 40


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    (tmp_path / "pull-request.md").write_text("2 replaced")
    for name in ("dev", "prod"):
        (tmp_path / f"drift-{name}.code").write_text("0")
    (tmp_path / "drift-prod.code").write_text("7")
    (tmp_path / "drift-prod.md").write_text("1 updated")
    return tmp_path


def test_github_gets_a_comment(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = {
        "head_repository": {"id": 1, "owner": {"login": "org"}},
        "repository": {"id": 1},
        "head_branch": "change",
        "head_sha": SHA,
        "html_url": "https://example.com/run",
        "triggering_actor": {"login": "somebody"},
    }
    answers = {
        "GET /repos/org/platform/actions/runs/5": [Answer(run)],
        "GET /repos/org/platform/actions/runs/5/jobs": [Answer({"jobs": []})],
        "GET /repos/org/platform/pulls": [Answer([{"number": 7, "head": {"sha": SHA}}])],
        "GET /repos/org/platform/issues/7/comments": [Answer([])],
        "POST /repos/org/platform/issues/7/comments": [Answer({"id": 1}, 201)],
    }
    with fake_arm(answers) as github:
        environment = {
            "GITHUB_API_URL": github.url,
            "GITHUB_REPOSITORY": "org/platform",
            "GITHUB_TOKEN": "token",
            "RUN_ID": "5",
        }
        assert comment.main([str(reports)], environment) == 0
    assert capsys.readouterr().out == "wrote the pull request report on #7\n"
    assert "2 replaced" in github.bodies[0]["body"]


def test_azure_devops_gets_a_thread(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pull = "/org/My%20Project/_apis/git/repositories/id/pullRequests/12"
    answers = {
        f"GET {pull}": [Answer({"status": "active", "lastMergeSourceCommit": {"commitId": SHA}})],
        f"GET {pull}/threads": [Answer({"value": []})],
        "GET /org/My%20Project/_apis/build/builds/9/timeline": [Answer({"records": []})],
        f"POST {pull}/threads": [Answer({"id": 3})],
    }
    with fake_arm(answers) as devops:
        environment = {
            "TF_BUILD": "True",
            "SYSTEM_COLLECTIONURI": f"{devops.url}/org/",
            "SYSTEM_TEAMPROJECT": "My Project",
            "SYSTEM_ACCESSTOKEN": "token",
            "BUILD_REPOSITORY_ID": "id",
            "SYSTEM_PULLREQUEST_PULLREQUESTID": "12",
            "SYSTEM_PULLREQUEST_SOURCECOMMITID": SHA,
            "BUILD_BUILDID": "9",
            "RUN_URL": "https://example.com/run",
        }
        assert comment.main([str(reports)], environment) == 0
    assert capsys.readouterr().out == "wrote the pull request report on pull request 12\n"


def test_drift_is_told_for_every_environment(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {
        "GET /repos/org/platform/issues": [Answer([])],
        "POST /repos/org/platform/issues": [Answer({"number": 9}, 201)],
    }
    with fake_arm(answers) as github:
        environment = {
            "GITHUB_API_URL": github.url,
            "GITHUB_REPOSITORY": "org/platform",
            "GITHUB_TOKEN": "token",
            "RUN_URL": "https://example.com/night",
        }
        assert drift.main([str(reports)], environment) == 0
    assert capsys.readouterr().out == "Drift in dev: nothing\nDrift in prod: opened #9\n"
    assert github.bodies[0]["title"] == "Drift in prod"


def test_a_token_without_the_right_fails_the_job(reports: Path) -> None:
    with fake_arm({"GET /repos/org/platform/issues": [Answer({"message": "Forbidden"}, 403)]}) as github:
        environment = {
            "GITHUB_API_URL": github.url,
            "GITHUB_REPOSITORY": "org/platform",
            "GITHUB_TOKEN": "token",
            "RUN_URL": "https://example.com/night",
        }
        with pytest.raises(HTTPError, match="403"):
            drift.main([str(reports)], environment)
