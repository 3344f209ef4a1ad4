"""Stack files that are none, or odd ones: refused by line by both readers, or read as they are meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from infra.settings.load import SettingsError, load_from_stack_file
from rehearsal.model.errors import RehearsalError
from rehearsal.program.project import read_project, read_stack_config
from tests.reference_platform import stack_file

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 21)


def committed() -> str:
    return stack_file("dev").read_text(encoding="utf-8")


def within(old: str, new: str) -> bytes:
    assert old in committed()
    return committed().replace(old, new, 1).encode()


BOMB = "    b0: &b0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"    b{level}: &b{level} [{', '.join([f'*b{level - 1}'] * 10)}]\n" for level in range(1, 30)
)
REGION = "    location: westeurope"
FILES: dict[str, tuple[bytes, str]] = {
    "no YAML": (within("config:", "config: ["), r":\d+: not YAML: did not find expected"),
    "a tab": (within(REGION, "\tlocation: x"), r":\d+: not YAML: "),
    "a key twice": (
        within(REGION, f"{REGION}\n{REGION}"),
        r":\d+: key 'location' is given twice, first in line \d+",
    ),
    "an area twice": (
        committed().encode() + b"\n  mlplatform:azure: {}\n",
        r":\d+: key 'mlplatform:azure' is given twice, first in line \d+",
    ),
    "an unknown alias": (within(REGION, "    location: *x"), r":\d+: unknown alias \(\*name\)"),
    "a circle": (within("tags:\n", "tags: &t\n    again: *t\n"), r":\d+: the alias \*t contains itself"),
    "a bomb of aliases": (within("tags:\n", f"tags:\n{BOMB}"), r":\d+: excessive aliasing"),
    "Latin-1": (within("# The dev", "# Für dev").decode().encode("latin-1"), ":2: not UTF-8 text"),
    "UTF-16": (committed().encode("utf-16"), ":1: not UTF-8 text"),
    "a NUL": (
        within("westeurope", "west\0europe"),
        r":\d+: not YAML: .*(control|special) characters",
    ),
    "a Python object": (
        within(REGION, "    location: !!python/object/apply:os.system [ls]"),
        r":\d+: a tag \(!name\) does not belong",
    ),
    "a list as a key": (within(REGION, "    ? [a]\n    : 1"), r":\d+: a map or a list cannot be a key"),
    "two documents": (committed().encode() + b"\n---\nconfig: {}\n", "another document begins here"),
    "a list": (b"- config", ":1: expected a map with the key 'config'"),
    "brackets without end": (b"config: " + b"[" * 3_000, ":1: is nested deeper than 100 levels"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_stack_file_is_refused_by_line(name: str, tmp_path: Path) -> None:
    content, message = FILES[name]
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=message) as refused:
        load_from_stack_file(path, today=TODAY)
    # One line for each problem, and one before them.
    assert len(str(refused.value).splitlines()) == len(refused.value.problems) + 1
    with pytest.raises(RehearsalError, match=message):
        read_stack_config(read_project(ROOT), path)


def test_a_number_of_too_many_digits_is_text_and_no_amount(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_bytes(within("4000", "9" * 5_000))
    with pytest.raises(SettingsError, match=r"is '9+…; give a number"):
        load_from_stack_file(path, today=TODAY)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + committed().encode(),
        committed().replace("\n", "\r\n").encode(),
        within(REGION, "    <<: {location: westeurope}"),
    ],
    ids=["byte order mark", "Windows line ends", "merge key"],
)
def test_what_an_editor_may_write_is_read(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_bytes(content)
    assert (
        load_from_stack_file(path, today=TODAY).settings
        == load_from_stack_file(stack_file("dev"), today=TODAY).settings
    )
    project = read_project(ROOT)
    assert read_stack_config(project, path) == read_stack_config(project, stack_file("dev"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"Pulumi\.qa\.yaml:1: cannot be read: No such file"):
        load_from_stack_file(tmp_path / "Pulumi.qa.yaml")


@pytest.mark.parametrize(
    ("key", "meant"),
    [("mlplatfrom:monitoring", "mlplatform:monitoring"), ("azure_native:location", "azure-native:location")],
)
def test_a_misspelt_namespace_is_refused_with_the_nearest(key: str, meant: str, tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text(f"{committed()}\n  {key}: {{}}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=f"{key}: is read by nothing: .*; give {meant}"):
        load_from_stack_file(path, today=TODAY)


def test_the_namespace_of_another_provider_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text(f"{committed()}\n  azuread:tenantId: x\n  aws:region: y\n", encoding="utf-8")
    assert load_from_stack_file(path, today=TODAY)


def test_what_yaml_calls_a_number_is_what_pulumi_hands_over(tmp_path: Path) -> None:
    """An owner's code with a zero before it arrives as another number, so it is refused as `pulumi preview` would."""
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_bytes(within("cost_center: CC-4711", "cost_center: 0123"))
    with pytest.raises(SettingsError, match="cost_center: is 83; give text"):
        load_from_stack_file(path, today=TODAY)
    path.write_bytes(within("4000", "4_000"))
    assert load_from_stack_file(path, today=TODAY)
