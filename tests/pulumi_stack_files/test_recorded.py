"""Every form that was recorded, against what Pulumi's own reader made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pulumi_stack_files import nodes
from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.handed_over import as_text
from pulumi_stack_files.secure import is_secure
from pulumi_stack_files.stack_file import read_stack_file
from tests.pulumi_stack_files.recording import Form, recorded_forms

FORMS = recorded_forms()


@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_forms_are_read_as_pulumi_reads_them(
    parser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With both of PyYAML's parsers: an installation may have the slow one only."""
    monkeypatch.setattr(nodes, "PARSER", getattr(yaml, parser))
    path = tmp_path / "Pulumi.dev.yaml"
    answers = {form.name: answer(form, path) for form in FORMS}
    expected = {form.name: form.refused or form.values for form in FORMS}
    if parser == "SafeLoader":
        # PyYAML's own parser takes no tab after a colon or within a text; these forms are refused there.
        tabs = {form.name for form in FORMS if "tab" in form.name and answers[form.name] is True}
        expected |= dict.fromkeys(tabs, True)
    assert answers == expected


def answer(form: Form, path: Path) -> dict[str, str] | bool:
    """What the program is handed, or True for a refusal in one line with its place."""
    path.write_bytes(form.content)
    try:
        found = read_stack_file(path, "sample")
    except StackFileError as error:
        return str(error).startswith(f"{path}:{error.line}: ") and len(str(error).splitlines()) == 1
    return {key: as_text(without_secrets(value)) for key, value in found.items()}


def test_values_are_secret_where_pulumi_says_so(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    secret: dict[str, list[str]] = {}
    for form in FORMS:
        if not form.refused:
            path.write_bytes(form.content)
            found = read_stack_file(path, "sample")
            secret[form.name] = sorted(key for key, value in found.items() if without_secrets(value) != value)
    assert secret == {form.name: form.secret for form in FORMS if not form.refused}


def without_secrets(value: object) -> object:
    """The value with what was recorded in place of a decrypted one."""
    if is_secure(value):
        return "[secret]"
    if isinstance(value, dict):
        return {key: without_secrets(item) for key, item in value.items()}
    return [without_secrets(item) for item in value] if isinstance(value, list) else value


def test_forms_beyond_those_that_pulumi_refuses_are_refused_for_a_reason() -> None:
    reasons = {form.reason for form in FORMS if form.reason}
    assert reasons == {
        "a tag beyond YAML's plain ones",
        "bytes have no place in settings",
        "nested too deep",
        "not UTF-8",
        "one key twice: Pulumi takes either",
        "two keys that become one: Pulumi takes either",
        "Pulumi ignores it",
        "Pulumi ignores the second",
    }
