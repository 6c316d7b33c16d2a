"""The key of the register: Ed25519, made once and kept in a file. Its public part is published."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from cocreation.core.secrets import kept
from cocreation.core.settings import Settings


def private_key(path: str, *, make: bool = True) -> Ed25519PrivateKey:
    """The key in the file at `path`, which is made the first time, where it may be (`make`): an installation
    that people rely on would sign with another key than before. Raises ValueError for another kind of key,
    FileNotFoundError.
    """
    text = kept(Path(path), _new) if make else Path(path).read_text()
    key = load_pem_private_key(text.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} does not hold an Ed25519 key")
    return key


def key_of(settings: Settings) -> Ed25519PrivateKey:
    """The key of this installation."""
    return private_key(settings.register_key, make=not settings.in_production)


def public_key(pem: bytes) -> Ed25519PublicKey:
    """A published key. Raises ValueError for anything else."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("this is not an Ed25519 key")
    return key


def pem(key: Ed25519PublicKey) -> str:
    """The key as it is published."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def fingerprint(key: Ed25519PublicKey) -> str:
    """The SHA-256 of the key in DER, in hexadecimal: short enough to be compared, printed or noted."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def sign(key: Ed25519PrivateKey, text: str) -> str:
    return base64.b64encode(key.sign(text.encode())).decode()


def signed(key: Ed25519PublicKey, text: str, signature: str) -> bool:
    """Whether `signature` is this key's over `text`."""
    try:
        key.verify(base64.b64decode(signature, validate=True), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _new() -> str:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
