"""What a resource type's shape says, and that the installed SDKs can be read whole."""

from __future__ import annotations

import importlib

import pulumi
import pulumi_databricks
import pytest

from rehearsal.sdk import ResourceShape, resource_shape
from rehearsal.sdk.property_types import (
    ArrayType,
    DiscriminatedType,
    EnumType,
    MapType,
    ObjectType,
    PropertyType,
    Scalar,
    UnionType,
)


def shape_of(type_token: str) -> ResourceShape:
    shape = resource_shape(type_token)
    assert shape is not None
    return shape


def test_the_shape_of_a_storage_account() -> None:
    shape = shape_of("azure-native:storage:StorageAccount")
    assert shape.token == "azure-native:storage:StorageAccount"
    assert shape.package == "azure-native"
    assert shape.module == "pulumi_azure_native.storage.storage_account"
    assert shape.class_name == "StorageAccount"
    assert shape.api_version == "2024-01-01"
    assert shape.required == {"kind", "resourceGroupName", "sku"}
    assert {"primaryEndpoints", "azureApiVersion", "sku"} < shape.outputs
    assert "accountName" not in shape.outputs, "azure-native answers with `name`"


def test_property_types_are_read_from_the_annotations() -> None:
    inputs = shape_of("azure-native:storage:StorageAccount").inputs
    assert inputs["isHnsEnabled"].python_name == "is_hns_enabled"
    assert inputs["isHnsEnabled"].type is Scalar.BOOLEAN
    assert inputs["tags"].type == MapType(Scalar.STRING)
    assert inputs["accessTier"].type == EnumType(
        "AccessTier", ("Hot", "Cool", "Premium", "Cold"), Scalar.STRING, is_open=False
    )
    assert inputs["dnsEndpointType"].type == EnumType(
        "DnsEndpointType", ("Standard", "AzureDnsZone"), Scalar.STRING, is_open=True
    )
    job = shape_of("databricks:index/job:Job").inputs
    assert isinstance(job["tasks"].type, ArrayType)
    assert isinstance(job["tasks"].type.element, ObjectType)
    assert job["tasks"].type.element.name == "JobTask"
    assert shape_of("azure-native:storage:Blob").inputs["source"].type is Scalar.ASSET


def test_the_members_of_a_union_are_found_by_their_documented_constants() -> None:
    properties = shape_of("azure-native:machinelearningservices:Compute").inputs["properties"].type
    assert isinstance(properties, DiscriminatedType)
    assert properties.discriminator == "computeType"
    assert {kind: member.name for kind, member in properties.members.items()} == {
        "AKS": "AKS",
        "AmlCompute": "AmlCompute",
        "ComputeInstance": "ComputeInstance",
        "DataFactory": "DataFactory",
        "DataLakeAnalytics": "DataLakeAnalytics",
        "Databricks": "Databricks",
        "HDInsight": "HDInsight",
        "Kubernetes": "Kubernetes",
        "SynapseSpark": "SynapseSpark",
        "VirtualMachine": "VirtualMachine",
    }
    kubernetes = properties.members["Kubernetes"].properties["properties"].type
    assert isinstance(kubernetes, ObjectType)
    assert "instanceTypes" in kubernetes.properties


@pytest.mark.parametrize(
    ("type_token", "api_version"),
    [
        ("azure-native:databricks:Workspace", "2026-01-01"),
        ("azure-native:machinelearningservices:Compute", "2025-12-01"),
        ("azure-native:containerregistry:Registry", "2023-01-01-preview"),
        ("azure-native:storage:Blob", None),
        ("databricks:index/job:Job", None),
    ],
)
def test_the_api_version_that_azure_native_calls(type_token: str, api_version: str | None) -> None:
    assert shape_of(type_token).api_version == api_version


def test_provider_resources_have_a_shape() -> None:
    shape = shape_of("pulumi:providers:databricks")
    assert shape.is_provider
    assert shape.package == "databricks"
    assert shape.required == frozenset()
    assert shape.inputs["azureUseMsi"].type is Scalar.BOOLEAN


def test_a_resource_with_a_nested_type_of_its_own_name() -> None:
    # LabelingJobArgs is the nested type (jobType, labelCategories, …), LabelingJobInitArgs the resource's own.
    assert set(shape_of("azure-native:machinelearningservices:LabelingJob").inputs) == {
        "id",
        "labelingJobProperties",
        "resourceGroupName",
        "workspaceName",
    }


def test_a_shape_is_read_once() -> None:
    assert resource_shape("azure-native:keyvault:Vault") is resource_shape("azure-native:keyvault:Vault")


def test_a_type_that_no_sdk_registers_has_no_shape() -> None:
    assert resource_shape("azure-native:storage/v20230101:StorageAccount") is None
    assert resource_shape("platform:ml:Workspace") is None


MODULES = (
    "pulumi_databricks",
    "pulumi_azure_native.containerservice",
    "pulumi_azure_native.datafactory",
    "pulumi_azure_native.machinelearningservices",
    "pulumi_azure_native.storage",
)


@pytest.mark.parametrize("module_name", MODULES)
def test_every_type_of_a_module_can_be_read(module_name: str) -> None:
    module = importlib.import_module(module_name)
    assert module.outputs  # azure-native's modules are lazy: asking for anything loads them, `dir` does not
    classes = [each for name in dir(module) if isinstance(each := getattr(module, name), type)]
    resources = [each for each in classes if issubclass(each, pulumi.CustomResource)]
    assert len(resources) > 5

    read: set[int] = set()
    for resource in resources:
        token = pulumi.get_type_token(resource)
        assert token is not None
        shape = shape_of(token)
        assert shape.sdk_class is resource
        read_through(shape.arguments, read)
        for each in shape.output_properties.values():
            read_through(each.type, read)


def read_through(type_: PropertyType, read: set[int]) -> None:
    """Reads every type below, each object once: a new form of annotation in an SDK raises here."""
    match type_:
        case ObjectType() if id(type_) not in read:
            read.add(id(type_))
            for each in type_.properties.values():
                read_through(each.type, read)
        case ArrayType():
            read_through(type_.element, read)
        case MapType():
            read_through(type_.value, read)
        case DiscriminatedType():
            for member in type_.members.values():
                read_through(member, read)
        case UnionType():
            raise AssertionError(f"a union without a discriminator: {type_}")
        case _:
            pass


def test_databricks_is_one_eager_module() -> None:
    assert (
        shape_of("databricks:index/clusterPolicy:ClusterPolicy").sdk_class is pulumi_databricks.ClusterPolicy
    )
