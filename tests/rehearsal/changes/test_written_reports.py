"""A report that is written into a file is printed by a pipeline later."""

from __future__ import annotations

from pathlib import Path

from rehearsal.changes.command import write_report


def test_a_written_report_gives_a_pipeline_no_order(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    write_report("# Changes\n\n`lake ##vso[task.complete]`\n::error::no\n", file)
    assert file.read_text() == "# Changes\n\n`lake #\\#vso[task.complete]`\n\\::error::no\n"
