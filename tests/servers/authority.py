"""A certificate authority for one test, and certificates of every kind that a site may meet."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Issued:
    """A certificate with its key. chain: PEM of both, as a server or client presents them."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def chain(self) -> bytes:
        return self.pem + self.private()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(form.Encoding.PEM)

    def private(self, passphrase: bytes = b"") -> bytes:
        lock = form.BestAvailableEncryption(passphrase) if passphrase else form.NoEncryption()
        return self.key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock)

    def save(self, folder: Path, name: str) -> tuple[Path, Path]:
        """Files of the certificate and of its key."""
        paths = folder / f"{name}.crt", folder / f"{name}.key"
        paths[0].write_bytes(self.pem)
        paths[1].write_bytes(self.private())
        return paths


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """Vouches for whom the test wants."""

    def __init__(self, name: str = "Hospital CA") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        now = datetime.now(UTC)
        self._own = self._build(self._name, self._key, now - timedelta(days=900), now + timedelta(days=900))
        own = self._own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        own = own.add_extension(usage, critical=True)
        self.certificate = own.sign(self._key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        """The file that a hospital hands out."""
        return self.certificate.public_bytes(form.Encoding.PEM)

    def issue(self, host: str = HOST, *, since: int = -10, until: int = 90, client: bool = False) -> Issued:
        """A certificate for a server (or a client), valid between two days counted from today."""
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        built = self._build(_name(host), key, now + timedelta(days=since), now + timedelta(days=until))
        try:
            name: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
        except ValueError:
            name = x509.DNSName(host)
        built = built.add_extension(x509.SubjectAlternativeName([name]), critical=False)
        built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        use = ExtendedKeyUsageOID.CLIENT_AUTH if client else ExtendedKeyUsageOID.SERVER_AUTH
        built = built.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        return Issued(built.sign(self._key, hashes.SHA256()), key)

    def _build(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, since: datetime, until: datetime
    ) -> x509.CertificateBuilder:
        built = x509.CertificateBuilder().subject_name(name).issuer_name(self._name)
        built = built.public_key(key.public_key()).serial_number(x509.random_serial_number())
        built = built.not_valid_before(since).not_valid_after(until)
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        theirs = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return built.add_extension(own, critical=False).add_extension(theirs, critical=False)
