"""What the rules say of files, typed: `files/limits` and `files/archives` of the rule editions."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, PositiveInt

from zhize.kit.rules import register_schema

MB = 1024 * 1024


class AllowedType(BaseModel):
    """A type that may be uploaded; `inline` ones may be shown beside a form."""

    model_config = ConfigDict(frozen=True)
    ext: str
    mime: str
    label: str
    inline: bool = False


class FileLimits(BaseModel):
    """rules/files/limits.yaml"""

    model_config = ConfigDict(frozen=True)
    max_upload_mb: PositiveInt
    max_files_per_submission: PositiveInt
    max_unpacked_mb: PositiveInt
    max_unpack_ratio: PositiveInt
    max_excel_rows: PositiveInt
    allowed_types: tuple[AllowedType, ...]
    secrecy_marks: tuple[str, ...]

    @property
    def max_upload(self) -> int:
        """Bytes."""
        return self.max_upload_mb * MB

    def type_of(self, ext: str) -> AllowedType | None:
        return next((t for t in self.allowed_types if t.ext == ext), None)


class ArchiveLimits(BaseModel):
    """rules/files/archives.yaml"""

    model_config = ConfigDict(frozen=True)
    max_entries: PositiveInt
    max_depth: PositiveInt
    ratio_floor_mb: PositiveInt


register_schema("files/limits", FileLimits)
register_schema("files/archives", ArchiveLimits)
