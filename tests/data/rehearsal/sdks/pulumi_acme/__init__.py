"""A provider's SDK as a generator writes it, with a few types: tests need no other wheel."""

# ruff: noqa
# pyright: basic
from collections.abc import Mapping, Sequence
from typing import Any, Optional

import pulumi


@pulumi.output_type
class Address:
    def __init__(__self__, *, city: str, lines: Sequence[str]) -> None:
        pulumi.set(__self__, "city", city)
        pulumi.set(__self__, "lines", lines)

    @property
    @pulumi.getter
    def city(self) -> str:
        return pulumi.get(self, "city")

    @property
    @pulumi.getter
    def lines(self) -> Sequence[str]:
        return pulumi.get(self, "lines")


@pulumi.output_type
class GetShopResult:
    def __init__(__self__, address=None, open=None) -> None:
        pulumi.set(__self__, "address", address)
        pulumi.set(__self__, "open", open)

    @property
    @pulumi.getter
    def address(self) -> "Address":
        return pulumi.get(self, "address")

    @property
    @pulumi.getter
    def open(self) -> bool:
        return pulumi.get(self, "open")


def get_shop_output(name: pulumi.Input[str]) -> pulumi.Output[GetShopResult]:
    return pulumi.runtime.invoke_output("acme:index/getShop:getShop", {"name": name}, typ=GetShopResult)


@pulumi.input_type
class AnvilArgs:
    def __init__(__self__, *, weight: pulumi.Input[int] | None = None) -> None:
        pass

    @property
    @pulumi.getter
    def weight(self) -> pulumi.Input[int] | None: ...


class Anvil(pulumi.CustomResource):
    pulumi_type = "acme:index/anvil:Anvil"

    def __init__(
        __self__,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        weight: pulumi.Input[int] | None = None,
    ) -> None:
        props = AnvilArgs.__new__(AnvilArgs)
        props.__dict__.update(
            {
                "weight": weight,
                "address": None,
                "parts": None,
                "labels": None,
                "anything": None,
                "endpoint": None,
                "ip_address": None,
            }
        )

        super().__init__("acme:index/anvil:Anvil", resource_name, props, opts)  # pyright: ignore

    @property
    @pulumi.getter
    def weight(self) -> pulumi.Output[Optional[int]]:
        return pulumi.get(self, "weight")

    @property
    @pulumi.getter
    def address(self) -> pulumi.Output["Address"]:
        return pulumi.get(self, "address")

    @property
    @pulumi.getter
    def parts(self) -> pulumi.Output[Sequence["Address"]]:
        return pulumi.get(self, "parts")

    @property
    @pulumi.getter
    def labels(self) -> pulumi.Output[Mapping[str, str]]:
        return pulumi.get(self, "labels")

    @property
    @pulumi.getter
    def anything(self) -> pulumi.Output[Any]:
        return pulumi.get(self, "anything")

    @property
    @pulumi.getter
    def endpoint(self) -> pulumi.Output[str]:
        return pulumi.get(self, "endpoint")

    @property
    @pulumi.getter(name="ipAddress")
    def ip_address(self) -> pulumi.Output[str]:
        return pulumi.get(self, "ip_address")
