"""Reports are bounded, harmless whatever they say, and told for every environment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.drift import report_of
from pipelines.reports import LONGEST, Report, fitting, harmless, pull_request_reports

ROOT = Path(__file__).parents[2]
END = "[log](https://example.com/run)"
ENVIRONMENTS = ["dev", "prod"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ask @org/everyone", "ask @\u200borg/everyone"),
        ("ask @<6f1b7f2a-0000-0000-0000-000000000000>", "ask @\u200b<6f1b7f2a-0000-0000-0000-000000000000>"),
        ("![x](https://example.com/pixel)", "(image) x](https://example.com/pixel)"),
        ("<IMG src=x>", "(image)  src=x>"),
        ("a<!-- azure-ml-platform: real preview -->b", "ab"),
        ("told <!-- never closed\n3 deleted", "told <\u200b!-- never closed\n3 deleted"),
        ("<!<!-- x -->-- azure-ml-platform: drift -->b", "<\u200b!-- azure-ml-platform: drift -->b"),
        ("| storage | Standard_LRS |", "| storage | Standard_LRS |"),
    ],
)
def test_a_report_mentions_nobody_and_loads_nothing(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize("report", ["x" * 200_000, "@a" * 60_000, "é\n" * 200_000, "<details>\n" * 60_000])
def test_a_comment_fits_and_keeps_its_first_lines_and_its_log(report: str) -> None:
    body = Report("a report", f"3 deleted\n{report}").body(END)
    assert len(body) <= LONGEST
    assert body.startswith("<!-- azure-ml-platform: a report -->\n3 deleted\n")
    assert body.endswith(END)


def test_what_a_cut_leaves_open_is_closed() -> None:
    cut = fitting("<details>\n\n```mermaid\n" + "a --> b\n" * 1_000, 2_000)
    assert len(cut) <= 2_000
    assert cut.endswith("a --> b\n```\n\n</details>\n\n… the rest is in the log")
    assert fitting("short", 2_000) == "short"


def test_a_missing_report_is_told(tmp_path: Path) -> None:
    rehearsal, preview = pull_request_reports(tmp_path, ENVIRONMENTS, {})
    assert "wrote no report" in str(rehearsal.text)
    assert preview.text is None


def test_the_real_previews_are_one_report_with_a_section_for_each_environment(tmp_path: Path) -> None:
    (tmp_path / "real-preview-dev.md").write_text("1 updated " + "x" * 90_000)
    _, report = pull_request_reports(tmp_path, ENVIRONMENTS, {"dev": "success", "prod": "cancelled"})
    body = report.body(END)
    assert len(body) <= LONGEST
    dev, prod = body.split("## Real preview of ")[1:]
    assert dev.startswith("dev\n\n1 updated x")
    assert prod.startswith("prod\n\n**The job ended with cancelled: the log says why.**")
    (tmp_path / "real-preview-prod.md").write_text("## Real preview of dev\n\nall is well")
    _, report = pull_request_reports(tmp_path, ENVIRONMENTS, {"dev": "success", "prod": "failure"})
    assert "**The job ended with failure: the log says why.**" in str(report.text)


def test_files_that_call_themselves_a_real_preview_are_none_where_none_ran(tmp_path: Path) -> None:
    """What a fork's artifact can hold."""
    (tmp_path / "real-preview-prod.md").write_text("nothing changes")
    (tmp_path / "real-preview-prod.code").write_text("0")
    _, report = pull_request_reports(tmp_path, ENVIRONMENTS, {})
    assert report.text is None
    assert "nothing changes" not in report.body(END)
    _, report = pull_request_reports(tmp_path, ENVIRONMENTS, {"dev": "success"})
    assert "nothing changes" not in report.body(END)


@pytest.mark.parametrize(
    ("code", "begins"),
    [
        ("0", None),
        ("7", "The cloud is not as the stack says."),
        ("255", "Nobody could look: the engine ended with 255."),
        (None, "Nobody could look: the engine did not start."),
        ("no number", "Nobody could look: the engine did not start."),
    ],
)
def test_the_exit_code_tells_drift_from_a_look_that_failed(
    tmp_path: Path, code: str | None, begins: str | None
) -> None:
    if code is not None:
        (tmp_path / "drift-dev.code").write_text(code)
    (tmp_path / "drift-dev.md").write_text("1 updated")
    text = report_of(tmp_path, "dev").text
    assert text is None if begins is None else str(text).startswith(begins)
    assert code != "7" or str(text).endswith("1 updated")


@pytest.mark.parametrize("module", ["comment", "drift"])
def test_a_job_without_set_up_can_run_it(module: str) -> None:
    """The jobs that write have no environment of ours: only what the runner's Python brings."""
    program = f"import sys, json, pipelines.{module}; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = {name.partition(".")[0] for name in json.loads(ran.stdout)}
    assert loaded <= {*sys.stdlib_module_names, "pipelines", "__main__"}
