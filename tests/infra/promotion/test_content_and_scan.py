"""A model's files: their digest, and what looks at those that run code when they are loaded."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import sys
import zipfile
from pathlib import Path

import pytest

from infra.promotion import content, scan
from infra.promotion.content import content_digest
from infra.promotion.evidence import UnreadableError
from infra.promotion.scan import refusals, unpickled
from infra.settings.promotion import Scan
from tests.reference_platform import FOLDER

FILES = {"MLmodel": b"flavors: {}", "model/weights.pkl": pickle.dumps({"weights": [1, 2]})}


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_the_same_files_have_one_digest_wherever_they_lie(tmp_path: Path) -> None:
    """`az ml model download` makes a folder of the model's name; MLflow adds a file of its own."""
    plain = content_digest(laid_out(tmp_path / "plain", FILES))
    assert content_digest(laid_out(tmp_path / "azure" / "demand", FILES).parent) == plain
    mlflow = {**FILES, "registered_model_meta": b"model_name: demand"}
    assert content_digest(laid_out(tmp_path / "mlflow", mlflow)) == plain


@pytest.mark.parametrize(
    "changed",
    [
        {"MLmodel": b"flavors: {x: 1}"},
        {"model/more.py": b""},
        # Below the root it is a file like any other.
        {"model/registered_model_meta": b"model_name: demand"},
    ],
)
def test_a_changed_or_added_file_changes_it(tmp_path: Path, changed: dict[str, bytes]) -> None:
    before = content_digest(laid_out(tmp_path / "before", FILES))
    assert content_digest(laid_out(tmp_path / "after", {**FILES, **changed})) != before


def test_a_moved_file_changes_it(tmp_path: Path) -> None:
    moved = {"MLmodel": FILES["MLmodel"], "weights.pkl": FILES["model/weights.pkl"]}
    before = content_digest(laid_out(tmp_path / "before", FILES))
    assert content_digest(laid_out(tmp_path / "after", moved)) != before


def test_no_files_and_links_have_no_digest(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is no folder"):
        content_digest(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableError, match="holds no file of a model"):
        content_digest(tmp_path / "empty")
    linked = laid_out(tmp_path / "linked", FILES)
    (linked / "link").symlink_to("/etc/hostname")
    with pytest.raises(UnreadableError, match="is no plain file"):
        content_digest(linked)


def test_the_command_adds_the_digest_to_the_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = laid_out(tmp_path / "candidate", FILES)
    document = tmp_path / "candidate.json"
    document.write_text('{"name": "demand"}', encoding="utf-8")
    arguments = ["--folder", str(folder), "--document", str(document)]
    assert content.main(arguments) == 0
    digest = content_digest(folder)
    assert capsys.readouterr().out == f"{digest}\n"
    assert json.loads(document.read_text(encoding="utf-8")) == {"name": "demand", "content": digest}
    document.write_text("[]", encoding="utf-8")
    assert content.main(arguments) == 2
    assert "is no model" in capsys.readouterr().err


def test_pickles_are_found_by_name_and_by_what_they_hold(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("archive/data.pkl", pickle.dumps(1))
    files = {
        **FILES,
        "model/hidden.txt": pickle.dumps(1),
        "model/torch.model": archive.getvalue(),
        "model/x.PT": b"PK",
        "model/notes.txt": b"text",
        "model/broken.zip": b"PK\x05\x06",
    }
    folder = laid_out(tmp_path, files)
    assert [path.name for path in unpickled(folder)] == ["hidden.txt", "torch.model", "weights.pkl", "x.PT"]
    assert [reason.partition(",")[0] for reason in refusals(scanner(0), folder)] == [
        "model/hidden.txt: holds a pickle",
        "model/torch.model: holds a pickle",
    ]


def scanner(code: int) -> Scan:
    """A scanner that says which folder it was given and ends with `code`."""
    script = f"import sys; print('looked at', sys.argv[1]); sys.exit({code})"
    return Scan(command=[sys.executable, "-c", script, "{folder}"])


def test_what_the_scanner_finds_is_refused_in_its_words(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, FILES)
    assert list(refusals(scanner(0), folder)) == []
    (reason,) = refusals(scanner(1), folder)
    assert reason.endswith(f"found something:\nlooked at {folder}")


def test_a_scanner_that_failed_found_nothing_out(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, FILES)
    with pytest.raises(scan.ScanFailedError, match="ended with 2"):
        list(refusals(scanner(2), folder))
    with pytest.raises(scan.ScanFailedError, match="no-such-scanner is not installed; run: pip install"):
        list(refusals(Scan(command=["no-such-scanner", "{folder}"]), folder))


def test_what_no_scanner_sees_through_is_refused(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {"model.joblib": gzip.compress(pickle.dumps(1))})
    (reason,) = refusals(scanner(0), folder)
    assert reason.startswith("model.joblib: is compressed, and no scanner sees through that")


def test_without_a_scanner_no_file_is_loaded_unseen(tmp_path: Path) -> None:
    (reason,) = refusals(None, laid_out(tmp_path / "pickled", FILES))
    assert reason.startswith("model/weights.pkl: run code when they are loaded, and promotion.scan is null")
    assert list(refusals(None, laid_out(tmp_path / "plain", {"MLmodel": b"flavors: {}"}))) == []


def test_the_command_asks_the_stack_that_is_promoted_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, tools = laid_out(tmp_path / "candidate", FILES), tmp_path / "tools"
    tools.mkdir()
    picklescan = tools / "picklescan"
    picklescan.write_text('#!/bin/sh\n[ "$1" = --path ] && [ -d "$2" ]\n', encoding="utf-8")
    picklescan.chmod(0o755)
    monkeypatch.chdir(FOLDER)
    arguments = ["--stack", "prod", "--folder", str(folder)]
    monkeypatch.setenv("PATH", "/nowhere")
    assert scan.main(arguments) == 2
    assert "picklescan is not installed" in capsys.readouterr().err
    monkeypatch.setenv("PATH", f"{tools}:/bin:/usr/bin")
    assert scan.main(arguments) == 0
    picklescan.write_text("#!/bin/sh\necho \"global import 'os system' FOUND\"; exit 1\n", encoding="utf-8")
    assert scan.main(arguments) == 1
    assert "os system" in capsys.readouterr().out
    assert scan.main(["--stack", "prod", "--folder", str(tmp_path / "none")]) == 2
