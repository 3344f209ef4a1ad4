"""What is left to do until the project is a team's own: listed by file, and nothing once it is done."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from azure_facts.placeholders import placeholder_addresses, placeholder_names
from infra.adoption.__main__ import left_to_do, main
from infra.adoption.finding import Left

TODAY = date(2026, 11, 30)

STACK = """config:
  mlplatform:environment: {workload: demand, kind: nonprod}
  mlplatform:network: {mode: public}
  mlplatform:tags: {owner: team@shop.nl}
"""
PRIVATE = """config:
  mlplatform:environment: {workload: demand, kind: prod}
  mlplatform:network: {mode: private}
"""
ENVIRONMENTS = [
    {"name": "dev", "policy_pack_config": "policies/nonprod.json"},
    {"name": "prod", "policy_pack_config": "policies/prod.json", "runner": "shop-prod"},
]
DEPLOY = """parameters:
  - name: environments
    type: object
    default:
      - {name: dev, policyPackConfig: policies/nonprod.json}
      - {name: prod, policyPackConfig: policies/prod.json, runner: shop-prod}
"""
WAIVER = """- rule: AMLP-KS-005
  resource: "{resource}"
  reason: A reason that is long enough
  owner: {owner}
  expires: {expires}
"""

Change = Callable[[Path], object]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of somebody who has done everything."""
    for name in (".github/workflows", ".azuredevops", "policies"):
        (tmp_path / name).mkdir(parents=True)
    for stack, text in (("dev", STACK), ("prod", PRIVATE)):
        (tmp_path / f"Pulumi.{stack}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / f"Acts.{stack}.yaml").write_text("acts: []\n", encoding="utf-8")
    (tmp_path / "environments.json").write_text(json.dumps(ENVIRONMENTS), encoding="utf-8")
    (tmp_path / ".azuredevops/deploy.yml").write_text(DEPLOY, encoding="utf-8")
    (tmp_path / ".github/workflows/deploy.yml").write_text("env: {TOKEN: x}\n", encoding="utf-8")
    (tmp_path / ".github/CODEOWNERS").write_text(
        "# teams of example-org\n/policies/ @shop/ml\n", encoding="utf-8"
    )
    write_waiver(tmp_path)
    return tmp_path


def write_waiver(
    project: Path, *, resource: str = "*/a:b:C/d", owner: str = "ml@shop.nl", expires: str = "2027-05-31"
) -> None:
    text = WAIVER.format(resource=resource, owner=owner, expires=expires)
    (project / "policies/waivers.yaml").write_text(text, encoding="utf-8")


def replace(file: str, old: str, new: str) -> Change:
    def change(project: Path) -> None:
        text = (project / file).read_text(encoding="utf-8")
        assert old in text
        (project / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def test_nothing_is_left_where_everything_is_done(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(project)]) == 0
    assert capsys.readouterr().out == "Nothing is left to do: it is yours.\n"


@pytest.mark.parametrize(
    ("change", "file", "place", "what"),
    [
        (
            replace("Pulumi.dev.yaml", "team@shop.nl", "team@example.com"),
            "Pulumi.dev.yaml",
            "tags.owner",
            "example.com is a placeholder",
        ),
        (
            replace("Pulumi.dev.yaml", "mode: public", "allowed_ip_ranges: [203.0.113.0/24], mode: public"),
            "Pulumi.dev.yaml",
            "network.allowed_ip_ranges[0]",
            "203.0.113.0/24 is a placeholder",
        ),
        (
            lambda project: (project / "Acts.dev.yaml").unlink(),
            "Acts.dev.yaml",
            "",
            "is missing; make preview STACK=dev writes it",
        ),
        (
            lambda project: shutil.copy(project / "Pulumi.dev.yaml", project / "Pulumi.qa.yaml"),
            "environments.json",
            "qa",
            "no pipeline deploys Pulumi.qa.yaml",
        ),
        (
            lambda project: (project / "Pulumi.prod.yaml").unlink(),
            "environments.json",
            "prod",
            "has no stack file Pulumi.prod.yaml",
        ),
        (
            replace("Pulumi.dev.yaml", "kind: nonprod", "kind: prod"),
            "environments.json",
            "dev",
            "is judged by policies/nonprod.json; give policies/prod.json",
        ),
        (
            replace("Pulumi.prod.yaml", "mode: private", "mode: public"),
            "environments.json",
            "prod",
            "is public, and names a runner",
        ),
        (
            replace("Pulumi.dev.yaml", "mode: public", "mode: private"),
            "environments.json",
            "dev",
            "is private, and no runner is named",
        ),
        (
            replace(".azuredevops/deploy.yml", "shop-prod", "other"),
            ".azuredevops/deploy.yml",
            "parameters",
            "lists other environments than environments.json",
        ),
        (
            replace("Pulumi.dev.yaml", "owner: team", 'owner: "env:GIT_TOKEN", extra: team'),
            ".github/workflows/deploy.yml",
            "GIT_TOKEN",
            "is not handed over, and Pulumi.dev.yaml names it",
        ),
        (
            replace(".github/CODEOWNERS", "@shop/ml", "@example-org/owners"),
            ".github/CODEOWNERS",
            "",
            "names teams of example-org; name yours",
        ),
        (
            lambda project: write_waiver(project, resource="test/a:b:C/d"),
            "policies/waivers.yaml",
            "waiver 1, AMLP-KS-005",
            "is for stack test, which has no file; take it out",
        ),
        (
            lambda project: write_waiver(project, owner="ml@example.com"),
            "policies/waivers.yaml",
            "waiver 1, AMLP-KS-005",
            "is owned by ml@example.com",
        ),
        (
            lambda project: write_waiver(project, expires="2026-11-29"),
            "policies/waivers.yaml",
            "waiver 1, AMLP-KS-005",
            "ended on 2026-11-29",
        ),
    ],
)
def test_what_is_left_is_told_by_file(
    project: Path, change: Change, file: str, place: str, what: str
) -> None:
    change(project)
    found = set(left_to_do(project, TODAY))
    assert [left for left in found if (left.file, left.place) == (file, place) and what in left.what], found


def test_a_project_without_azure_devops_has_no_lists(project: Path) -> None:
    shutil.rmtree(project / ".azuredevops")
    (project / ".github/CODEOWNERS").unlink()
    assert list(left_to_do(project, TODAY)) == []


def test_one_stack_is_looked_at(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for stack in ("dev", "prod"):
        replace(f"Pulumi.{stack}.yaml", "workload: demand", "workload: demand, x: example.com")(project)
    assert main(["--project", str(project), "--stack", "dev"]) == 1
    assert capsys.readouterr().out == (
        "Pulumi.dev.yaml\n  environment.x: example.com is a placeholder; give your own\n1 left to do\n"
    )
    with pytest.raises(SystemExit, match="2"):
        main(["--project", str(project), "--stack", "gone"])


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("environments.json", "[", "environments.json: not JSON"),
        ("environments.json", "{}", "environments.json: must be a list"),
        ("Pulumi.dev.yaml", "config: [", "Pulumi.dev.yaml:"),
        (".azuredevops/deploy.yml", "a: [", "deploy.yml:"),
        ("policies/waivers.yaml", "- [", "policies/waivers.yaml:"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    project: Path, file: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / file).write_text(text, encoding="utf-8")
    assert main(["--project", str(project)]) == 2
    assert said in capsys.readouterr().err


def test_a_placeholder_is_what_nobody_hands_out() -> None:
    text = "a0000000-0000-4000-8000-000000000001 11111111-1111-1111-1111-111111111111 team@Example.com"
    assert [*placeholder_names(text)] == text.replace("team@", "").lower().split()
    assert [*placeholder_names("99999999-0000-4000-8000-000000000001")]
    assert [
        *placeholder_names("00000000-0000-0000-0000-000000000000 7b1d4f0e-2c35-4a86-9e07-5d3c8f1a2b60")
    ] == []
    assert [*placeholder_addresses("192.0.2.7, 10.0.0.0/8, 198.51.100.0/24")] == [
        "192.0.2.7",
        "198.51.100.0/24",
    ]


def test_what_is_left_is_in_an_order() -> None:
    assert Left("a", "b", "c") < Left("b", "a", "a")
