"""An Ed25519 key pair of the installation, and signatures by it (ADR 0004).

The private key is made once and lies in `<folder>/signing_key.pem`, readable by the owner only. The public key
of every key ever used stays in `<folder>/public/<key id>.pem`. To change the key, move signing_key.pem away:
the next signature makes a new pair (docs/adr/0004-audit.md says when and what to print).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zhize.kit.errors import BadInput


def key_id(public: Ed25519PublicKey) -> str:
    """The key's short name: the first 16 hex digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Signer:
    """The current private key."""

    private: Ed25519PrivateKey
    id: str

    def sign(self, content: bytes) -> str:
        return self.private.sign(content).hex()


def signer(folder: Path) -> Signer:
    """The key pair of this folder, made at the first call. Two processes at once end with one key."""
    path = folder / "signing_key.pem"
    if not path.exists():
        _make(folder, path)
    loaded = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(loaded, Ed25519PrivateKey):
        raise BadInput("签名密钥不是 Ed25519 密钥", where=path.name, remedy="请恢复原来的密钥文件")
    public = loaded.public_key()
    name = key_id(public)
    kept = folder / "public" / f"{name}.pem"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(public_pem(public))
    return Signer(loaded, name)


def _make(folder: Path, path: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    descriptor, name = tempfile.mkstemp(dir=folder)  # 0600 by mkstemp
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)  # fails when another process was first: its key stays
    finally:
        Path(name).unlink()


def public_pem(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def public_keys(paths: Iterable[Path]) -> dict[str, Ed25519PublicKey]:
    """Public keys by id from PEM files."""
    keys: dict[str, Ed25519PublicKey] = {}
    for path in paths:
        try:
            loaded = serialization.load_pem_public_key(path.read_bytes())
        except (OSError, ValueError) as error:
            raise BadInput(
                "读不出公钥", where=str(path), why=str(error), remedy="请给出 PEM 格式的 Ed25519 公钥文件"
            ) from error
        if not isinstance(loaded, Ed25519PublicKey):
            raise BadInput("不是 Ed25519 公钥", where=str(path), remedy="请给出系统导出的公钥文件")
        keys[key_id(loaded)] = loaded
    return keys


def is_signed_by(public: Ed25519PublicKey, signature: str, content: bytes) -> bool:
    """Whether the signature (hex) is this key's over this content."""
    try:
        public.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
