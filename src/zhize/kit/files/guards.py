"""The one gate every uploaded file passes. Each refusal says what, where, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from zhize.kit.errors import BadInput
from zhize.kit.files import ole, secrecy
from zhize.kit.files.archives import check_zip
from zhize.kit.files.limits import MB, AllowedType, ArchiveLimits, FileLimits
from zhize.kit.files.sniff import Sniffed, agrees, extension, sniff
from zhize.kit.rules import rule_as

_MACRO = {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "ppsm", "xlsb"}
_ZIPPED = {"docx", "xlsx", "pptx", "ofd"}
NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its type as found, and whether it may be shown in a frame."""

    name: str
    size: int
    kind: str
    type: AllowedType


def limits_on(day: date, jurisdiction: str = "") -> FileLimits:
    """The file limits in force."""
    return rule_as(FileLimits, on=day, jurisdiction=jurisdiction)


def check_file(
    file: BinaryIO,
    *,
    name: str,
    size: int,
    limits: FileLimits,
    on: date,
    only: Iterable[str] = (),
) -> Checked:
    """Looks at a seekable file from outside in: size, name, type, structure, encryption, macros, secrecy marks.

    `size` is what the upload declares and is checked before a byte is read; `only` narrows the allowed types
    (an import takes xlsx and csv). Raises `BadInput`. Leaves the file at its beginning.
    """
    name = clean_name(name)
    where = f"文件“{name}”"
    check_size(size, limits, where)
    secrecy.check_name(name, limits.secrecy_marks, where)
    ext = extension(name)
    _check_extension(ext, limits, set(only), where)
    found = sniff(file)
    _check_found(found, name, ext, where)
    allowed = limits.type_of(ext)
    assert allowed is not None
    if found.kind in _ZIPPED:
        archives = rule_as(ArchiveLimits, on=on)
        inside = check_zip(file, size, limits=limits, archives=archives, where=where)
        if any(part.rsplit("/", 1)[-1].lower() == "vbaproject.bin" for part in inside):
            raise _macros(where)
    elif found.ole is not None:
        if ole.is_encrypted(file, found.ole):
            raise _encrypted(where)
        if ole.has_macros(found.ole):
            raise _macros(where)
    elif found.kind == "pdf":
        _check_pdf(file, where)
    secrecy.check_first_page(file, found.kind, limits.secrecy_marks, where)
    file.seek(0)
    return Checked(name, size, found.kind, allowed)


def check_size(size: int, limits: FileLimits, where: str) -> None:
    """0 bytes and too much; by the declared size, before reading."""
    if size == 0:
        raise BadInput(
            "文件是空的（0 字节）",
            where=where,
            why="可能没有保存完或没有传完",
            remedy="请打开原件确认有内容后重新上传",
        )
    if size > limits.max_upload:
        raise too_large(size, limits, where)


def too_large(size: int, limits: FileLimits, where: str) -> BadInput:
    return BadInput(
        f"文件 {size / MB:.0f} MB，超过单个文件上限 {limits.max_upload_mb} MB",
        where=where,
        why="过大的文件影响所有人的查看和备份",
        remedy="请压缩图片、降低扫描分辨率（300 dpi 即可）或分成几个文件再上传",
    )


def clean_name(name: str) -> str:
    """The bare file name: no folders, no control characters, the extension kept when it must be cut."""
    bare = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip(" .")
    bare = bare or "未命名"
    if len(bare) <= NAME_LENGTH:
        return bare
    stem, dot, ext = bare.rpartition(".")
    return f"{stem[: NAME_LENGTH - len(ext) - 1]}{dot}{ext}" if dot and len(ext) < 10 else bare[:NAME_LENGTH]


def _check_extension(ext: str, limits: FileLimits, only: set[str], where: str) -> None:
    if ext in _MACRO:
        raise _macros(where)
    if ext in {"zip", "rar", "7z", "tar", "gz"}:
        raise BadInput(
            "不收压缩包",
            where=where,
            why="压缩包里的内容无法直接查看和核验",
            remedy="请解压后把其中的文件逐个上传",
        )
    labels = [t.ext for t in limits.allowed_types if not only or t.ext in only]
    if ext not in labels:
        raise BadInput(
            f"不收“{ext}”类型的文件" if ext else "文件名没有扩展名",
            where=where,
            why="只收能长期打开、能核验的类型",
            remedy=f"请另存为以下类型之一：{'、'.join(labels)}",
        )


def _check_found(found: Sniffed, name: str, ext: str, where: str) -> None:
    if found.kind == "encrypted":
        raise _encrypted(where)
    if agrees(name, found):
        return
    if ext in ("txt", "csv") and not found.kind:
        raise BadInput(
            "认不出文字编码，或者不是文本",
            where=where,
            why="按 UTF-8、UTF-16、GB18030（含 GBK）都读不通",
            remedy="请用 Excel 或 WPS 打开后另存为“CSV UTF-8”或 .xlsx 再上传",
        )
    really = f"内容是 {found.guess or found.kind}" if (found.guess or found.kind) else "内容认不出是什么"
    raise BadInput(
        f"扩展名是 .{ext}，{really}",
        where=where,
        why="名称与内容不符的文件别人打不开，也可能带有危险内容",
        remedy="请用编写它的软件打开，另存为所需类型后再上传，不要只改扩展名",
    )


def _check_pdf(file: BinaryIO, where: str) -> None:
    """A PDF that asks for a password is refused; one that only restricts printing opens for everybody and passes."""
    file.seek(0)
    try:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(where)
        if not reader.pages:
            raise BadInput("PDF 里没有页面", where=where, why="没有内容可看", remedy="请重新导出 PDF")
    except DependencyError as error:
        raise _encrypted(where) from error
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise BadInput(
            "PDF 已损坏，打不开",
            where=where,
            why="可能没有传完或没有保存完",
            remedy="请重新导出或扫描后再上传",
        ) from error


def _encrypted(where: str) -> BadInput:
    return BadInput(
        "文件加了密码", where=where, why="加密的文件无法查看和核验", remedy="请去掉密码后重新上传"
    )


def _macros(where: str) -> BadInput:
    return BadInput(
        "文件带有宏（程序）",
        where=where,
        why="宏能在打开它的电脑上执行操作，不收",
        remedy="请另存为不带宏的 .docx 或 .xlsx 再上传",
    )
