"""Keys and certificates are well-formed."""

import base64

import pulumi
import pulumi_tls as tls

key = tls.PrivateKey("key", algorithm="ED25519")
certificate = tls.SelfSignedCert("certificate", private_key_pem=key.private_key_pem)
pulumi.export(
    "kind", key.public_key_openssh.apply(lambda text: base64.b64decode(text.split()[1])[4:11].decode())
)
pulumi.export(
    "body", certificate.cert_pem.apply(lambda text: len(base64.b64decode("".join(text.split("\n")[1:-2]))))
)
