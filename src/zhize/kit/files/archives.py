"""Zip bombs are met before anything is unpacked: by the central directory, then byte by byte while reading.

Checked: number of entries (the directory is not even loaded when it is too long), unpacked total, ratio, names
that climb out, nesting, encryption of entries; then every entry is read through once, so that a directory that
lies about sizes is found by its checksum and nothing later meets more bytes than declared.
"""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import BinaryIO

from zhize.kit.errors import BadInput
from zhize.kit.files.limits import MB, ArchiveLimits, FileLimits

CHUNK = 256 * 1024
_EOCD = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_PACKED = (".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".jar")
_DOCUMENTS = (".docx", ".xlsx", ".pptx", ".ofd")


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked, shared by all levels."""

    limits: FileLimits
    archives: ArchiveLimits
    where: str
    nested: bool = True
    entries: int = 0
    declared: int = 0
    names: list[str] = field(default_factory=list)


def check_zip(
    file: BinaryIO,
    size: int,
    *,
    limits: FileLimits,
    archives: ArchiveLimits,
    where: str,
    nested: bool = True,
) -> list[str]:
    """Raises `BadInput` in words when the archive is a bomb or damaged; returns the names inside.

    `nested` False: documents inside are not looked into; who takes them out checks each by itself, and refuses it alone.
    """
    budget = _Budget(limits, archives, where, nested)
    _check(file, size, budget, depth=1)
    return budget.names


def _bomb(budget: _Budget, what: str, why: str = "展开后会占满服务器，疑为压缩炸弹") -> BadInput:
    return BadInput(
        what, where=budget.where, why=why, remedy="请用 Word、Excel 或 WPS 打开原件，另存为新文件再上传"
    )


def _check(file: BinaryIO, size: int, budget: _Budget, *, depth: int) -> None:
    if depth > budget.archives.max_depth:
        raise _bomb(budget, f"文件里套文件超过 {budget.archives.max_depth} 层")
    _check_directory_size(file, size, budget)
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            _check_declared(infos, size, budget)
            if depth == 1:
                budget.names.extend(i.filename for i in infos)
            for info in infos:
                _read_through(archive, info, budget, depth)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
        struct.error,
    ) as error:
        raise _bomb(
            budget, "文件已损坏，或声明的大小与内容不符", "内部结构校验不通过，无法可靠读取"
        ) from error
    except RuntimeError as error:  # zipfile says "File is encrypted, password required" so
        raise _encrypted(budget) from error


def _encrypted(budget: _Budget) -> BadInput:
    return BadInput(
        "文件加了密码", where=budget.where, why="加密的文件无法查看和核验", remedy="请去掉密码后重新上传"
    )


def _check_directory_size(file: BinaryIO, size: int, budget: _Budget) -> None:
    """The end record alone tells how long the directory is: a directory of a million entries is not loaded."""
    tail_size = min(size, 65_557)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(_EOCD)
    if at < 0 or len(tail) < at + 22:
        raise _bomb(budget, "压缩结构不完整", "缺少目录，文件可能没有传完")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    too_many = count > budget.archives.max_entries or length > budget.archives.max_entries * 512
    if too_many or _ZIP64_LOCATOR in tail[max(0, at - 20) : at]:
        raise _bomb(budget, f"内部条目超过 {budget.archives.max_entries} 个")


def _check_declared(infos: list[zipfile.ZipInfo], size: int, budget: _Budget) -> None:
    budget.entries += len(infos)
    budget.declared += sum(i.file_size for i in infos)
    if budget.entries > budget.archives.max_entries:
        raise _bomb(budget, f"内部条目超过 {budget.archives.max_entries} 个")
    if budget.declared > budget.limits.max_unpacked_mb * MB:
        raise _bomb(budget, f"展开后超过 {budget.limits.max_unpacked_mb} MB")
    total = sum(i.file_size for i in infos)
    if total > budget.archives.ratio_floor_mb * MB and total > budget.limits.max_unpack_ratio * max(size, 1):
        raise _bomb(
            budget, f"展开后是原来的 {total // max(size, 1)} 倍，超过 {budget.limits.max_unpack_ratio} 倍"
        )
    for info in infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/"):
            raise _bomb(budget, "内部文件名指向文件之外", "这样的文件能覆盖别处的内容")
        if info.flag_bits & 0x1:
            raise _encrypted(budget)
        if name.lower().endswith(_PACKED):
            raise _bomb(budget, f"文件里夹带压缩包“{name.rsplit('/', 1)[-1]}”")


def _read_through(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget, depth: int) -> None:
    """Reads one entry to its end, bounded by its declared size; the checksum tells a lie about it."""
    if info.is_dir():
        return
    nested = info.filename.lower().endswith(_DOCUMENTS)
    with archive.open(info) as entry:
        first = entry.read(CHUNK)
        if budget.nested and (nested or first.startswith(b"PK\x03\x04")):
            with tempfile.TemporaryFile() as inner:
                chunk = first
                while chunk:
                    inner.write(chunk)
                    chunk = entry.read(CHUNK)
                length = inner.tell()
                if length:
                    _check(inner, length, budget, depth=depth + 1)
            return
        while entry.read(CHUNK):
            pass
