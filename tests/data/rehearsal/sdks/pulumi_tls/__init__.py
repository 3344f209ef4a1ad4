"""A provider's SDK as a generator writes it, with a few types: tests need no other wheel."""

# ruff: noqa
# pyright: basic
from collections.abc import Mapping, Sequence
from typing import Any, Optional

import pulumi


@pulumi.input_type
class PrivateKeyArgs:
    def __init__(__self__, *, algorithm: pulumi.Input[str] | None = None) -> None:
        pass

    @property
    @pulumi.getter
    def algorithm(self) -> pulumi.Input[str] | None: ...


class PrivateKey(pulumi.CustomResource):
    pulumi_type = "tls:index/privateKey:PrivateKey"

    def __init__(
        __self__,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        algorithm: pulumi.Input[str] | None = None,
    ) -> None:
        props = PrivateKeyArgs.__new__(PrivateKeyArgs)
        props.__dict__.update({"algorithm": algorithm, "private_key_pem": None, "public_key_openssh": None})
        opts = pulumi.ResourceOptions.merge(
            opts, pulumi.ResourceOptions(additional_secret_outputs=["privateKeyPem"])
        )
        super().__init__("tls:index/privateKey:PrivateKey", resource_name, props, opts)  # pyright: ignore

    @property
    @pulumi.getter
    def algorithm(self) -> pulumi.Output[Optional[str]]:
        return pulumi.get(self, "algorithm")

    @property
    @pulumi.getter(name="privateKeyPem")
    def private_key_pem(self) -> pulumi.Output[str]:
        return pulumi.get(self, "private_key_pem")

    @property
    @pulumi.getter(name="publicKeyOpenssh")
    def public_key_openssh(self) -> pulumi.Output[str]:
        return pulumi.get(self, "public_key_openssh")


@pulumi.input_type
class SelfSignedCertArgs:
    def __init__(__self__, *, private_key_pem: pulumi.Input[str] | None = None) -> None:
        pass

    @property
    @pulumi.getter(name="privateKeyPem")
    def private_key_pem(self) -> pulumi.Input[str] | None: ...


class SelfSignedCert(pulumi.CustomResource):
    pulumi_type = "tls:index/selfSignedCert:SelfSignedCert"

    def __init__(
        __self__,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        private_key_pem: pulumi.Input[str] | None = None,
    ) -> None:
        props = SelfSignedCertArgs.__new__(SelfSignedCertArgs)
        props.__dict__.update({"private_key_pem": private_key_pem, "cert_pem": None})

        super().__init__("tls:index/selfSignedCert:SelfSignedCert", resource_name, props, opts)  # pyright: ignore

    @property
    @pulumi.getter(name="privateKeyPem")
    def private_key_pem(self) -> pulumi.Output[Optional[str]]:
        return pulumi.get(self, "private_key_pem")

    @property
    @pulumi.getter(name="certPem")
    def cert_pem(self) -> pulumi.Output[str]:
        return pulumi.get(self, "cert_pem")
