"""A backup as a file: a tar that says what it holds, compressed, and encrypted for one key (age, X25519).

It appears under its name whole or not at all, and is opened whole before anything of it is believed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from cocreation.upkeep.refusals import NoKey, NotABackup

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE, REGISTER_KEY, SECRET_KEY = "database", "register_key.pem", "secret_key"
NAMES = (DATABASE, REGISTER_KEY, SECRET_KEY)


@dataclass(frozen=True)
class Contents:
    """What was in a backup: where its files lie now, and what its manifest says."""

    folder: Path
    manifest: dict[str, Any]

    def path(self, name: str) -> Path | None:
        return self.folder / name if name in self.manifest["files"] else None


def recipient(key: str) -> pyrage.x25519.Recipient:
    """The public key in `key`. Raises NoKey."""
    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError as error:
        raise NoKey(f"“{key}” is not a key backups can be encrypted for: age1…") from error


def identity(path: Path) -> pyrage.x25519.Identity:
    """The private key in a file as `backup key` and age-keygen write it. Raises NoKey, OSError."""
    lines = path.read_text(errors="replace").splitlines()
    key = next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "")
    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError as error:
        raise NoKey(f"{path} holds no key that opens backups: AGE-SECRET-KEY-1…") from error


def new_identity(path: Path) -> str:
    """Write a new pair of keys to `path`, for its owner alone; the public one. Raises OSError."""
    secret = pyrage.x25519.Identity.generate()
    public = str(secret.to_public())
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"# public key: {public}\n{secret}\n")
    return public


def seal(files: Mapping[str, Path], told: Mapping[str, object], key: object, target: Path) -> None:
    """Write the backup `target` of `files` by their names in it, for the public `key`; `told` is what its
    manifest says besides. Raises OSError, FileExistsError.
    """
    listed = {name: {"bytes": path.stat().st_size, "sha256": _digest(path)} for name, path in files.items()}
    manifest = files[DATABASE].with_name(MANIFEST)
    manifest.write_text(json.dumps({"format": FORMAT, **told, "files": listed}, indent=1))
    partial = files[DATABASE].with_name("sealed")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sealed:
        with _packed({MANIFEST: manifest, **files}) as packed:
            pyrage.encrypt_io(packed, sealed, [key])
        sealed.flush()
        os.fsync(sealed.fileno())
    os.link(partial, target)  # never over another one
    partial.unlink()
    with suppress(OSError):  # the name too is on disk, where folders can be synced
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


@contextmanager
def _packed(files: Mapping[str, Path]) -> Iterator[BinaryIO]:
    """The tar of `files`, written by a thread while it is read. Raises what that thread met."""
    read_end, write_end = os.pipe()
    failed: list[BaseException] = []

    def pack() -> None:
        try:
            with (
                open(write_end, "wb") as out,
                gzip.GzipFile(fileobj=out, mode="wb", compresslevel=3) as packed,
                tarfile.open(fileobj=packed, mode="w|") as tar,
            ):
                for name, path in files.items():
                    tar.add(path, name, recursive=False)
        except BaseException as error:  # told to whoever reads
            failed.append(error)

    writer = threading.Thread(target=pack)
    writer.start()
    try:
        with open(read_end, "rb") as packed:
            yield packed
    finally:
        writer.join()
    if failed:
        raise failed[0]


def unseal(sealed: Path, key: object, folder: Path) -> Contents:
    """Open a backup with the private `key` into the empty `folder`. Everything is checked: nothing in it was
    altered, nothing is missing. Raises NotABackup, OSError.
    """
    packed = folder / "packed"
    try:
        with sealed.open("rb") as source, packed.open("wb") as target:
            pyrage.decrypt_io(source, target, [key])
        with tarfile.open(packed, "r:gz") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is None or member.name not in (MANIFEST, *NAMES):
                    raise _none(sealed)
                # Not `extract(filter=…)`, which the Python of Debian 12 (3.11.2) does not know.
                with content, (folder / member.name).open("wb") as extracted:
                    shutil.copyfileobj(content, extracted)
        packed.unlink()
        manifest = json.loads((folder / MANIFEST).read_text())
        is_whole = manifest["format"] == FORMAT and DATABASE in manifest["files"]
        is_whole = is_whole and all(
            isinstance(manifest[said], str) for said in ("kind", "revision", "version")
        )
        is_whole = is_whole and all(_is(folder / name, said) for name, said in manifest["files"].items())
    except (
        pyrage.DecryptError,
        tarfile.TarError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:
        raise _none(sealed) from error
    except OSError as error:
        if error.errno is not None:  # of a file; without a number it is what the decryption met
            raise
        raise _none(sealed) from error
    if not is_whole:
        raise _none(sealed)
    return Contents(folder, manifest)


def _none(path: Path) -> NotABackup:
    return NotABackup(f"{path} is no backup, is cut off, was altered, or is for another key.")


def _is(path: Path, said: Mapping[str, object]) -> bool:
    return path.name in NAMES and path.stat().st_size == said["bytes"] and _digest(path) == said["sha256"]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
