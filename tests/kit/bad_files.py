"""Files made for tests: sound ones, and every bad one of the list. Nothing here is copied from anywhere."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pypdf
import xlsxwriter


def docx_file(*paragraphs: str) -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    for text in paragraphs or ("演示数据",):
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def xlsx_file(rows: list[list[object]], sheet: str = "名册") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def pdf_file(*, password: str = "", text: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    if text:
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png_file() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def with_entry(base: bytes, name: str, content: bytes) -> bytes:
    """A document with one more part inside."""
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def bomb(base: bytes, megabytes: int) -> bytes:
    """A document with a part of zeros that unpacks to so many megabytes."""
    out = io.BytesIO(base)
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/media/zeros.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1024 * 1024))
    return out.getvalue()


def lying(base: bytes) -> bytes:
    """The same bomb whose directory claims the part is tiny: found only while reading."""
    raw = bytearray(bomb(base, 60))
    at = raw.rfind(b"PK\x01\x02")
    struct.pack_into("<I", raw, at + 24, 10)
    return bytes(raw)


def crowded(entries: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        for number in range(entries):
            archive.writestr(f"word/{number}", b"")
    return out.getvalue()


def ole_file(*streams: str, word_flags: int = 0) -> bytes:
    """A minimal compound file: header, one table sector, directory sectors, one data sector for the first stream."""
    names = ["Root Entry", *streams]
    directory_sectors = -(-len(names) // 4)
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<II", header, 60, 0xFFFFFFFE, 0)
    struct.pack_into("<II", header, 68, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    data = 1 + directory_sectors
    table = [0xFFFFFFFD] + [n + 1 for n in range(1, directory_sectors)] + [0xFFFFFFFE, 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    directory = b""
    for number, name in enumerate(names):
        entry = bytearray(128)
        raw = name.encode("utf-16-le")
        entry[: len(raw)] = raw
        struct.pack_into("<H", entry, 64, len(raw) + 2)
        entry[66] = 5 if number == 0 else 2
        struct.pack_into("<II", entry, 116, data if number == 1 else 0xFFFFFFFE, 4096 if number == 1 else 0)
        directory += bytes(entry)
    directory = directory.ljust(directory_sectors * 512, b"\0")
    content = bytearray(512)
    struct.pack_into("<H", content, 10, word_flags)
    return bytes(header) + struct.pack("<128I", *table) + directory + bytes(content)
