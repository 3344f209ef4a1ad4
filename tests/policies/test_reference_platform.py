"""The reference platform passes the pack; what is waived is waived for a reason and still there."""

from __future__ import annotations

import pytest

from policies.frame.registry import all_rules
from policies.frame.rule import Kind
from policies.frame.waivers import read_waivers
from tests.infra.platforms import rehearsed
from tests.policies.waived import violations_and_unused
from tests.reference_platform import FOLDER

pytestmark = pytest.mark.xdist_group("platforms")

WAIVERS = read_waivers(FOLDER / "waivers.yaml", {rule.id for rule in all_rules()})


@pytest.mark.parametrize(("stack", "kind"), [("dev", Kind.NONPROD), ("prod", Kind.PROD)])
def test_the_platform_passes_the_pack_and_uses_every_waiver(stack: str, kind: Kind) -> None:
    assert violations_and_unused(rehearsed(stack).world, stack, kind, WAIVERS) == ([], [])
