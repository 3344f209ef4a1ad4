"""The command line: what it refuses, what it exits with, where it writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import infra.verify.asking
import infra.verify.platform
from infra.live.session import Session
from infra.verify.__main__ import main
from infra.verify.wire import Wire
from tests.infra.preflight.fake_arm import Answer
from tests.infra.verify.cloud import VAULT, Cloud, Refused, cloud, output, promise
from tests.reference_platform import FOLDER

DEV = ["--stack", "dev", "--project", str(FOLDER)]


def outputs(folder: Path, value: object) -> list[str]:
    file = folder / "outputs.json"
    file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return [*DEV, "--outputs", str(file), "--from", "internet"]


def told(folder: Path, does: str = "see secrets") -> list[str]:
    promised = output(
        **{"people-see-secrets": promise(does, VAULT), "people-see-rights": promise("see resources", VAULT)}
    )
    return outputs(folder, {"promises": promised})


def lead_to(platform: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command as it is, but for the credential, the network and the cloud that it asks."""

    def session(*_given: object, **_options: object) -> Session:
        return platform.session

    def wire() -> Wire:
        return platform.wire

    def nobody() -> object:
        return platform.credential

    monkeypatch.setattr(infra.verify.asking, "Session", session)
    monkeypatch.setattr(infra.verify.platform, "Wire", wire)
    monkeypatch.setattr(infra.verify.asking, "DefaultAzureCredential", nobody)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ([], "the following arguments are required: --stack"),
        (["--stack", "dev", "--format", "html"], "invalid choice: 'html'"),
        (["--stack", "dev", "--time-limit", "5"], "5 is not from 10 to 7200"),
        (["--stack", "dev", "--time-limit", "long"], "'long' is not a number of seconds"),
    ],
)
def test_wrong_usage(more: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(more)
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


def test_what_cannot_be_read_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    assert main(["--stack", "dev", "--project", str(tmp_path)]) == 2
    assert main(["--stack", "qa", "--project", str(tmp_path)]) == 2
    capsys.readouterr()
    for given, says in (
        ("{", "is no JSON"),
        ([], "must be a map"),
        ({"lake": {}}, "has no output promises"),
        ({"promises": {"form": 7}}, "promises.form: is 7; this version reads form 1"),
    ):
        assert main(outputs(tmp_path, given)) == 2
        said = capsys.readouterr().err
        assert says in said
        assert said.count("\n") == 1
    assert main([*DEV, "--outputs", str(tmp_path / "none.json")]) == 2
    assert main([*told(tmp_path), "--only", "people-see-secret"]) == 2
    assert "did you mean people-see-secrets?" in capsys.readouterr().err
    assert main([*told(tmp_path), "--from", "hubb"]) == 2
    assert "--from hubb: no such place" in capsys.readouterr().err
    assert main([*told(tmp_path), "--dns", "resolver"]) == 2
    assert "--dns: 'resolver' is no address of a DNS server" in capsys.readouterr().err


@pytest.mark.parametrize(("status", "code"), [(200, 0), (403, 4)])
def test_a_run_from_end_to_end(
    status: int,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "reports/verify.xml"
    with cloud({"GET kv-one.vault.azure.net/secrets": [Answer({}, status)]}) as platform:
        lead_to(platform, monkeypatch)
        given = [*told(tmp_path), "--only", "*-secrets", "--format", "junit", "--output", str(file)]
        assert main(given) == code
    assert "1 promises: 1 " in capsys.readouterr().out
    (case,) = ElementTree.parse(file).iter("testcase")
    assert case.get("name") == "people-see-secrets"


def test_without_credentials_one_thing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = Refused("", "DefaultAzureCredential failed to retrieve a token from the included credentials.")
    with cloud({}, credential=nobody) as platform:
        lead_to(platform, monkeypatch)
        assert main(told(tmp_path)) == 5
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 2)


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_settings_promise_what_the_command_can_read(
    stack: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every promise of the reference platform gets an outcome; from the internet nothing of prod's is checkable."""
    with cloud({}) as platform:
        lead_to(platform, monkeypatch)
        main(["--stack", stack, "--project", str(FOLDER), "--format", "json", "--from", "internet"])
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert len(read["promises"]) > 40
    assert read["ended"] == ""
    assert all(one["steps"] for one in read["promises"])
