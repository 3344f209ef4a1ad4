"""Every command of README and docs is run here, in a copy of the project, or says that it needs a cloud."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documented_commands import (
    ELSEWHERE,
    FOUND,
    HARMLESS,
    PAGES,
    ROOT,
    TALKS,
    Command,
    commands,
    outputs,
    runnable,
    unlabelled,
)
from tests.infra.promotion.registrant import BY_DEVS_JOBS, CONTENT
from tests.reference_platform import put_into

QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
AUTHOR = ("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git repository: what belongs to the project cannot be told")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the reference platform's stacks, in its own repository, with this environment as its own."""
    folder = tmp_path_factory.mktemp("clone") / "project"
    for name in tracked_files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    put_into(folder)
    for words in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "All")):
        subprocess.run(["git", *AUTHOR, *words], cwd=folder, check=True, env={**os.environ, **QUIET})
    venv = folder / ".venv"
    venv.mkdir()
    for part in Path(sys.prefix).iterdir():
        if not part.name.startswith("."):
            (venv / part.name).symlink_to(part)
    # Newer than every requirements file: make has nothing to install.
    for stamp in (".runtime", ".preflight", ".dev"):
        (venv / stamp).touch()
    return folder


def run(copy: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("VIRTUAL_ENV", "MAKELEVEL") and not name.startswith(("PYTEST", "COV"))
    }
    environment |= {
        **QUIET,
        "PYTHONPATH": str(copy),
        "PATH": f"{copy / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
        "MAKEFLAGS": f"UV={shutil.which('true')}",  # where there is no uv, make would fetch one
    }
    return subprocess.run(
        ["bash", "-c", command],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def changed_files(copy: Path) -> str:
    status = ["git", "status", "--short"]
    return subprocess.run(status, cwd=copy, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("command", runnable())
def test_a_documented_command_runs_and_leaves_the_project_as_it_is(copy: Path, command: str) -> None:
    ran = run(copy, command)
    assert ran.returncode == 0, f"{command}\n{ran.stdout[-3000:]}\n{ran.stderr[-3000:]}"
    # `make docs` and `make format` included: what is committed is what they write.
    assert changed_files(copy) == ""


def test_there_is_something_to_run() -> None:
    assert len(FOUND) > 40
    assert {"make preview", "make report", "make docs", "make format"} <= set(runnable())
    assert any("rehearsal diff --base HEAD" in command for command in runnable())


def test_another_environment_is_one_more_file(copy: Path) -> None:
    """As README says: a copy of dev's."""
    qa = copy / "Pulumi.qa.yaml"
    try:
        shutil.copy(copy / "Pulumi.dev.yaml", qa)
        ran = run(copy, "make preview STACK=qa")
        assert ran.returncode == 0, ran.stdout[-3000:]
        assert "mlplatform/qa" in ran.stdout
    finally:
        qa.unlink(missing_ok=True)
        (copy / "Acts.qa.yaml").unlink(missing_ok=True)


def test_a_new_environment_is_written_and_told_what_is_left(copy: Path) -> None:
    """As docs/new-stack.md says: answers in a file, a stack that is clean, and a list."""
    answers, written = copy / "answers.yaml", copy / "Pulumi.test.yaml"
    try:
        shutil.copy(copy / "tests/data/new/ml.yaml", answers)
        ran = run(copy, "make new ANSWERS=answers.yaml && make preview STACK=test")
        assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
        assert "mlplatform/test: clean" in ran.stdout
        left = run(copy, "make yours STACK=test")
        assert left.returncode != 0
        assert "environments.json\n  test: is missing" in left.stdout
        again = run(copy, "make new ANSWERS=answers.yaml")
        assert again.returncode != 0
        assert "exists already" in again.stderr
    finally:
        for path in (answers, written, copy / "Acts.test.yaml"):
            path.unlink(missing_ok=True)


def test_a_day_on_which_something_has_ended_is_refused(copy: Path) -> None:
    ran = run(copy, "python -m rehearsal preview --stack dev --today 2027-03-01")
    assert ran.returncode == 2
    assert "was retired on 2027-02-27" in ran.stderr + ran.stdout


def model(version: str, accuracy: str) -> str:
    """What `az ml model show` prints."""
    tags = {"partition_key": "all", "data_version": "41", "code_version": "a" * 40}
    properties = {"metric.accuracy": accuracy, "metric.test_rows": "120000", "content.sha256": CONTENT}
    document = {"name": "demand", "version": version, "tags": tags, "properties": properties}
    return json.dumps({**document, "creation_context": BY_DEVS_JOBS, "content": CONTENT})


FILES = {"candidate.json": model("8", "0.79"), "production.json": model("7", "0.86")}
"""What the pages' examples read."""


@pytest.mark.parametrize(("command", "shown"), sorted(outputs()))
def test_what_a_page_shows_is_what_the_command_prints(copy: Path, command: str, shown: str) -> None:
    for name, content in FILES.items():
        (copy / name).write_text(content, encoding="utf-8")
    try:
        assert run(copy, command).stdout.strip() == shown.strip()
    finally:
        for name in FILES:
            (copy / name).unlink()


def test_what_talks_to_a_cloud_says_so_in_its_block() -> None:
    unmarked = [
        f"{command.page}: {command.text}" for command in FOUND if command.talks_to and not command.needs
    ]
    assert unmarked == []


def test_a_mark_names_something_and_stands_on_no_block_that_could_be_run() -> None:
    known = {*TALKS.values(), "the Pulumi CLI"}
    for command in FOUND:
        assert set(re.split(r" and |, ", command.needs)) <= {*known, ""}, command
    blocks: dict[tuple[str, str], list[Command]] = {}
    for command in FOUND:
        if command.needs:
            blocks.setdefault((command.page, command.needs), []).append(command)
    for (page, needs), found in blocks.items():
        assert needs == "the Pulumi CLI" or any(command.talks_to for command in found), (page, needs)


def test_no_exception_is_left_over() -> None:
    assert set(ELSEWHERE) <= {command.text for command in FOUND}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_block_of_commands_is_labelled(path: Path) -> None:
    assert list(unlabelled(path.read_text(encoding="utf-8"))) == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def problem_of(command: Command) -> str | None:
    """What is wrong with a command that is not run here; None for one that exists or is somebody else's."""
    words = command.words
    if command.program == "make":
        wanted = [word for word in words[1:] if "=" not in word and not word.startswith("-")]
        unknown = [word for word in wanted if word not in targets()]
        return f"no target {unknown[0]}" if unknown else None
    if command.program in (".venv/bin/python", "python", "python3"):
        return _python_problem(words[1:])
    if command.talks_to or (ROOT / command.program).is_file() or command.program in HARMLESS:
        return None
    return f"{command.program} is neither of this project nor known to need a cloud"


def _python_problem(words: list[str]) -> str | None:
    if words[0] != "-m":
        return None if (ROOT / words[0]).is_file() else f"no file {words[0]}"
    path = ROOT / words[1].replace(".", "/")
    if not (path.is_dir() or path.with_suffix(".py").is_file()):
        return None if words[1] in ("pip", "pytest") else f"no module {words[1]}"
    if not ((path / "__main__.py").is_file() or path.with_suffix(".py").is_file()):
        return f"{words[1]} cannot be run"
    named = [word for word in words[2:3] if re.fullmatch(r"[a-z][a-z-]*", word)]
    options = {word.split("=")[0] for word in words[2:] if word.startswith("--")}
    return _unknown(help_of(words[1], *named), options) if options or named else None


def _unknown(text: str | None, options: set[str]) -> str | None:
    if text is None:
        return "no such command"
    missing = sorted(option for option in options if option not in text)
    return f"no option {missing[0]}" if missing else None


_helps: dict[tuple[str, ...], str | None] = {}


def help_of(*command: str) -> str | None:
    """What `--help` prints, asked once for each command; None where the command is refused."""
    if command not in _helps:
        ran = subprocess.run(
            [sys.executable, "-m", *command, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        _helps[command] = ran.stdout if ran.returncode == 0 else None
    return _helps[command]


def test_a_command_that_is_not_run_exists_all_the_same() -> None:
    left = [command for command in FOUND if command.text not in runnable()]
    problems = [f"{one.page}: {one.text}: {problem}" for one in left if (problem := problem_of(one))]
    assert problems == []


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("make prewiev", "no target prewiev"),
        ("python -m rehearsal perview", "no such command"),
        ("python -m rehearsal preview --stac dev --nope", "no option --nope"),
        ("python -m infra.conventions --stack dev", "infra.conventions cannot be run"),
        ("python benchmarks/absent.py", "no file benchmarks/absent.py"),
        ("terraform apply", "terraform is neither of this project nor known to need a cloud"),
        ("make preview STACK=qa", None),
        ("URI=$(pulumi stack output uri)", None),
    ],
)
def test_a_wrong_command_is_found(command: str, problem: str | None) -> None:
    assert problem_of(Command(command, "page")) == problem


def found_in(text: str) -> Iterator[tuple[str, str]]:
    return ((command.text, command.needs) for command in commands(text, "page"))


def test_commands_are_read_from_blocks_and_sentences() -> None:
    text = "Run `make\npreview`.\n\n```sh\n# needs Azure\naz login && pulumi up  # both\n```\n```yaml\naz: 1\n```\n"
    assert list(found_in(text)) == [("az login", "Azure"), ("pulumi up", "Azure"), ("make preview", "")]
    shown = "```console\n$ python -m infra.x --a\nrefused\n```\n"
    assert list(found_in(shown)) == [("python -m infra.x --a", "")]
    assert list(unlabelled("```\naz login\n```\n```\n+---+\n```\n")) == ["az login"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    broken = []
    for link, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", text):
        if not re.fullmatch(r"[\w./-]*", link):
            continue  # an address
        target = (path.parent / link).resolve() if link else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(f"{link}#{anchor}")
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The headings of a page as GitHub makes links of them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
