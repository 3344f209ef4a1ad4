"""known() and check_returned_id() under the SDK's mock monitor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pulumi
import pytest

from infra.conventions.known import check_returned_id, known, once_known

GROUP_ID = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg"
VAULT_ID = f"{GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv"


class Vault(pulumi.CustomResource):
    def __init__(self, name: str) -> None:
        super().__init__("test:index:Vault", name, {})


class Platform(pulumi.ComponentResource):
    def __init__(self, name: str) -> None:
        super().__init__("test:index:Platform", name)


class AnswersWithVaultId(pulumi.runtime.Mocks):
    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, str]]:
        del args
        return VAULT_ID.upper(), {}

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, str], None]:
        del args
        return {}, None


def run(body: Callable[[], object], *, preview: bool) -> None:
    """Run `body` as a program under mocks; the decorator makes errors inside outputs fail the test."""
    pulumi.runtime.set_mocks(AnswersWithVaultId(), preview=preview)
    pulumi.runtime.test(body)()


@pytest.fixture(autouse=True)
def event_loop_of_its_own() -> Iterator[None]:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    loop.close()
    asyncio.set_event_loop(None)


@pytest.mark.parametrize("preview", [True, False])
def test_the_value_is_known_and_carries_the_dependency(*, preview: bool) -> None:
    seen: list[tuple[object, bool, set[pulumi.Resource]]] = []
    made: list[pulumi.Resource] = []

    async def body() -> None:
        vault, other = Vault("kv"), Vault("other")
        made.extend((vault, other))
        output = known(VAULT_ID, vault, other)
        seen.append((await output.future(), await output.is_known(), await output.resources()))

    run(body, preview=preview)
    assert seen == [(VAULT_ID, True, set(made))]


@pytest.mark.parametrize(("given", "value"), [(pulumi.output.UNKNOWN, None), ("adb-1", "adb-1")])
def test_what_a_preview_cannot_know_is_nothing_and_not_unknown(given: object, value: str | None) -> None:
    seen: list[tuple[object, bool, bool]] = []

    async def body() -> None:
        vault = Vault("kv")
        output = once_known(vault.id.apply(lambda _: given))
        seen.append((await output.future(), await output.is_known(), vault in await output.resources()))

    run(body, preview=True)
    assert seen == [(value, True, True)]


def test_what_was_secret_stays_secret() -> None:
    seen: list[bool] = []

    async def body() -> None:
        seen.append(await once_known(pulumi.Output.secret("token")).is_secret())

    run(body, preview=True)
    assert seen == [True]


def test_a_component_is_refused_with_the_reason() -> None:
    raised: list[str] = []

    def body() -> None:
        platform = Platform("platform")
        with pytest.raises(TypeError) as error:
            known(VAULT_ID, platform)
        raised.append(str(error.value))

    run(body, preview=True)
    assert len(raised) == 1
    assert "custom resources only, not on Platform" in raised[0]
    assert "can close a circle" in raised[0]


def test_a_value_without_resources_is_refused() -> None:
    with pytest.raises(TypeError, match="names no resource: pass the plain value"):
        known(VAULT_ID)


def test_an_id_that_differs_in_case_only_passes() -> None:
    seen: list[str] = []

    def body() -> pulumi.Output[None]:
        return check_returned_id(VAULT_ID, Vault("kv")).apply(seen.append)

    run(body, preview=False)
    assert seen == [VAULT_ID.upper()]


def test_another_id_stops_the_update_and_names_both() -> None:
    other = VAULT_ID.replace("11111111", "99999999")

    def body() -> pulumi.Output[str]:
        return check_returned_id(other, Vault("kv"))

    with pytest.raises(pulumi.RunError) as error:
        run(body, preview=False)
    assert f"returned the id {VAULT_ID.upper()} where {other} was computed" in str(error.value)


def test_a_preview_has_no_id_to_compare() -> None:
    seen: list[str] = []

    def body() -> pulumi.Output[None]:
        return check_returned_id("/subscriptions/other", Vault("kv")).apply(seen.append)

    run(body, preview=True)
    assert seen == [VAULT_ID.upper()]
