"""Forms of types that the two providers do not use today, in a small SDK written as the generator writes them."""

from __future__ import annotations

from pathlib import Path

import pulumi
import pytest

from rehearsal.sdk import ProblemKind, SdkProblem, check_inputs, resource_shape

SAMPLE_SDK = """
import builtins as _builtins
from enum import Enum
from typing import Optional, Sequence, Union
import pulumi

class Priority(_builtins.int, Enum):
    LOW = 1
    HIGH = 2

@pulumi.input_type
class RuleArgs:
    def __init__(__self__, *,
                 priority: pulumi.Input['Priority'],
                 ports: pulumi.Input[Optional[Union[_builtins.int, Sequence[pulumi.Input[_builtins.int]]]]] = None,
                 content: pulumi.Input[Optional[Union[pulumi.Asset, pulumi.Archive]]] = None,
                 ratio: pulumi.Input[Optional[_builtins.float]] = None):
        pass

    @_builtins.property
    @pulumi.getter
    def priority(self) -> pulumi.Input['Priority']: ...

    @_builtins.property
    @pulumi.getter
    def ports(self): ...

    @_builtins.property
    @pulumi.getter
    def content(self): ...

    @_builtins.property
    @pulumi.getter
    def ratio(self): ...

@pulumi.type_token("sample:index/rule:Rule")
class Rule(pulumi.CustomResource):
    pass
"""


@pytest.fixture(scope="module", autouse=True)
def sample_sdk(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder: Path = tmp_path_factory.mktemp("site-packages")
    (folder / "pulumi_sample.py").write_text(SAMPLE_SDK)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield


@pytest.mark.parametrize(
    "inputs",
    [
        {"priority": 2.0, "ports": 443.0},
        {"priority": 1, "ports": [80, 443], "ratio": 0.5},
        {"priority": 1, "ratio": 1, "content": pulumi.StringAsset("x")},
        {"priority": 1, "content": {"path": "./rules.zip"}},
    ],
)
def test_right_inputs_have_no_problems(inputs: dict[str, object]) -> None:
    assert check_inputs("sample:index/rule:Rule", inputs) == ()


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (
            {"priority": 3},
            SdkProblem(
                ProblemKind.BAD_ENUM_VALUE,
                "priority",
                "the number 3 is not a value of Priority. Allowed: 1, 2",
            ),
        ),
        (
            {"priority": 1, "ports": "https"},
            SdkProblem(
                ProblemKind.WRONG_TYPE,
                "ports",
                'expected an integer or a list (each item an integer), got the string "https"',
            ),
        ),
        (
            {"priority": 1, "ports": [80, "https"]},
            SdkProblem(ProblemKind.WRONG_TYPE, "ports[1]", 'expected an integer, got the string "https"'),
        ),
        (
            {"priority": 1, "content": "./rules.zip"},
            SdkProblem(
                ProblemKind.WRONG_TYPE,
                "content",
                'expected an asset or archive, got the string "./rules.zip"',
            ),
        ),
        (
            {"priority": 1, "ratio": "0.5"},
            SdkProblem(ProblemKind.WRONG_TYPE, "ratio", 'expected a number, got the string "0.5": write 0.5'),
        ),
    ],
)
def test_a_wrong_input_is_one_problem(inputs: dict[str, object], expected: SdkProblem) -> None:
    assert check_inputs("sample:index/rule:Rule", inputs) == (expected,)


def test_an_sdk_whose_import_fails_is_not_taken_for_a_missing_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pulumi_broken.py").write_text("import a_module_that_is_not_installed\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="a_module_that_is_not_installed"):
        resource_shape("broken:index/thing:Thing")
