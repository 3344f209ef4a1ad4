"""A provider's SDK as a generator writes it, with a few types: tests need no other wheel."""

# ruff: noqa
# pyright: basic
from collections.abc import Mapping, Sequence
from typing import Any, Optional

import pulumi


@pulumi.input_type
class RandomPasswordArgs:
    def __init__(
        __self__, *, length: pulumi.Input[int] | None = None, special: pulumi.Input[bool] | None = None
    ) -> None:
        pass

    @property
    @pulumi.getter
    def length(self) -> pulumi.Input[int] | None: ...

    @property
    @pulumi.getter
    def special(self) -> pulumi.Input[bool] | None: ...


class RandomPassword(pulumi.CustomResource):
    pulumi_type = "random:index/randomPassword:RandomPassword"

    def __init__(
        __self__,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        length: pulumi.Input[int] | None = None,
        special: pulumi.Input[bool] | None = None,
    ) -> None:
        props = RandomPasswordArgs.__new__(RandomPasswordArgs)
        props.__dict__.update({"length": length, "special": special, "result": None, "bcrypt_hash": None})
        opts = pulumi.ResourceOptions.merge(
            opts, pulumi.ResourceOptions(additional_secret_outputs=["result", "bcryptHash"])
        )
        super().__init__("random:index/randomPassword:RandomPassword", resource_name, props, opts)  # pyright: ignore

    @property
    @pulumi.getter
    def length(self) -> pulumi.Output[Optional[int]]:
        return pulumi.get(self, "length")

    @property
    @pulumi.getter
    def special(self) -> pulumi.Output[Optional[bool]]:
        return pulumi.get(self, "special")

    @property
    @pulumi.getter
    def result(self) -> pulumi.Output[str]:
        return pulumi.get(self, "result")

    @property
    @pulumi.getter(name="bcryptHash")
    def bcrypt_hash(self) -> pulumi.Output[str]:
        return pulumi.get(self, "bcrypt_hash")


@pulumi.input_type
class RandomStringArgs:
    def __init__(__self__, *, length: pulumi.Input[int] | None = None) -> None:
        pass

    @property
    @pulumi.getter
    def length(self) -> pulumi.Input[int] | None: ...


class RandomString(pulumi.CustomResource):
    pulumi_type = "random:index/randomString:RandomString"

    def __init__(
        __self__,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        length: pulumi.Input[int] | None = None,
    ) -> None:
        props = RandomStringArgs.__new__(RandomStringArgs)
        props.__dict__.update({"length": length, "result": None})

        super().__init__("random:index/randomString:RandomString", resource_name, props, opts)  # pyright: ignore

    @property
    @pulumi.getter
    def length(self) -> pulumi.Output[Optional[int]]:
        return pulumi.get(self, "length")

    @property
    @pulumi.getter
    def result(self) -> pulumi.Output[str]:
        return pulumi.get(self, "result")


@pulumi.input_type
class RandomIntegerArgs:
    def __init__(
        __self__, *, min: pulumi.Input[int] | None = None, max: pulumi.Input[int] | None = None
    ) -> None:
        pass

    @property
    @pulumi.getter
    def min(self) -> pulumi.Input[int] | None: ...

    @property
    @pulumi.getter
    def max(self) -> pulumi.Input[int] | None: ...


class RandomInteger(pulumi.CustomResource):
    pulumi_type = "random:index/randomInteger:RandomInteger"

    def __init__(
        __self__,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        min: pulumi.Input[int] | None = None,
        max: pulumi.Input[int] | None = None,
    ) -> None:
        props = RandomIntegerArgs.__new__(RandomIntegerArgs)
        props.__dict__.update({"min": min, "max": max, "result": None})

        super().__init__("random:index/randomInteger:RandomInteger", resource_name, props, opts)  # pyright: ignore

    @property
    @pulumi.getter
    def min(self) -> pulumi.Output[Optional[int]]:
        return pulumi.get(self, "min")

    @property
    @pulumi.getter
    def max(self) -> pulumi.Output[Optional[int]]:
        return pulumi.get(self, "max")

    @property
    @pulumi.getter
    def result(self) -> pulumi.Output[int]:
        return pulumi.get(self, "result")


@pulumi.input_type
class RandomUuidArgs:
    def __init__(__self__, *, _: None = None) -> None:
        pass


class RandomUuid(pulumi.CustomResource):
    pulumi_type = "random:index/randomUuid:RandomUuid"

    def __init__(
        __self__,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        props = RandomUuidArgs.__new__(RandomUuidArgs)
        props.__dict__.update({"result": None})

        super().__init__("random:index/randomUuid:RandomUuid", resource_name, props, opts)  # pyright: ignore

    @property
    @pulumi.getter
    def result(self) -> pulumi.Output[str]:
        return pulumi.get(self, "result")
