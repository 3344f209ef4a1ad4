"""The command line of the preflight: what it exits with before it asks anybody anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.preflight.__main__ import main


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: --stack"),
        (["--stack", "dev", "--mend"], "unrecognized arguments: --mend"),
    ],
)
def test_wrong_usage_is_no_refusal_of_the_settings(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 1
    assert message in capsys.readouterr().err


def test_refused_settings_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    assert main(["--stack", "dev", "--project", str(tmp_path)]) == 2
    assert capsys.readouterr().err
