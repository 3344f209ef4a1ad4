"""What stands in for outputs: of the form that a name promises, and recognised wherever it comes back."""

from __future__ import annotations

import base64
import json
import ssl
import uuid
from pathlib import Path

import pytest
import yaml

from rehearsal.cloud.stand_in_texts import kubeconfig, text_for
from rehearsal.cloud.stand_ins import complete_resource
from rehearsal.model.errors import RehearsalError
from rehearsal.model.unknown_texts import holds_unknown, is_unknown
from rehearsal.model.values import Secret
from rehearsal.stack_outputs_file import read_stack_outputs


def test_texts_are_of_the_form_that_their_name_promises() -> None:
    assert uuid.UUID(text_for("tenantId", "a")) != uuid.UUID(text_for("tenantId", "b"))
    assert text_for("id", "a").split("/")[5] == "providers"
    assert text_for("primaryEndpoint", "a").startswith("https://")
    assert "AccountKey" in text_for("primaryConnectionString", "a")
    assert json.loads(text_for("policyJson", "a"))
    assert base64.b64decode(text_for("contentBase64", "a"), validate=True)
    assert holds_unknown(text_for("contentBase64", "a"))
    assert yaml.safe_load(kubeconfig("a"))["clusters"][0]["cluster"]["server"].startswith("https://")


def test_a_certificate_is_one() -> None:
    assert ssl.PEM_cert_to_DER_cert(text_for("certPem", "a"))


@pytest.mark.parametrize("name", ["result", "defaultHostName", "publicIpAddress", "certPem", "id"])
def test_a_text_is_recognised_in_the_middle_of_another(name: str) -> None:
    text = text_for(name, "a")
    assert holds_unknown(f"x{text}y")
    assert holds_unknown(base64.b64encode(text.encode()).decode())


def test_what_programs_make_of_a_text_is_recognised_too() -> None:
    text = text_for("result", "a")
    assert all(is_unknown(made) for made in (text.upper(), text.replace("-", ""), f"sql{text}"))
    assert not is_unknown("sql-server")
    assert not any(is_unknown(value) for value in (True, 1, None))


def test_a_type_outside_the_catalogue_has_every_output() -> None:
    known = {"name": "web", "siteConfig": {"alwaysOn": True}}
    found = complete_resource("azure-native:web:WebApp", "urn", "/subscriptions/0/x", known).outputs
    assert isinstance(found["defaultHostName"], str)
    assert isinstance(found["outboundIpAddresses"], str)
    assert None not in found.values()


def test_an_input_that_was_left_out_stays_out_unless_others_gave_it() -> None:
    token = "azure-native:storage:StorageAccount"
    assert "tags" not in complete_resource(token, "urn", "/subscriptions/0/x", {}).outputs
    assert "tags" in complete_resource(token, "urn", "/subscriptions/0/x", {}, stands=True).outputs


def test_a_type_that_no_sdk_registers_has_none() -> None:
    assert complete_resource("acme:index/none:None", "urn", "", {}).outputs == {}


def test_outputs_of_other_stacks_are_read_with_their_secrets(tmp_path: Path) -> None:
    path = tmp_path / "outputs.yaml"
    path.write_text('org/net/prod:\n  ids: [one]\n  key: "[secret]"\n')
    outputs = read_stack_outputs(path)["org/net/prod"]
    assert outputs["ids"] == ["one"]
    assert isinstance(outputs["key"], Secret)
    path.write_text("org/net/prod: one\n")
    with pytest.raises(RehearsalError, match="must be a map of the stack's outputs"):
        read_stack_outputs(path)
