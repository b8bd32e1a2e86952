"""Pins requirements/*.txt from *.in with hashes. The files hold no address: a pin is a name, a version, digests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--python-version",
    "3.11",
)


def lock(name: str) -> None:
    """requirements/<name>.in to requirements/<name>.txt; dev is held to the versions of run."""
    uv = Path(sys.executable).with_name("uv")
    folder = ROOT / "requirements"
    held = ["-c", str(folder / "run.txt")] if name == "dev" else []
    target = folder / f"{name}.txt"
    command = [
        str(uv),
        "pip",
        "compile",
        "-q",
        *OPTIONS,
        *held,
        str(folder / f"{name}.in"),
        "-o",
        str(target),
    ]
    subprocess.run(command, check=True)
    if "://" in target.read_text():
        sys.exit(f"{target.relative_to(ROOT)} 含有网址，不能提交：请去掉索引选项后重新运行 make lock")


def main() -> None:
    for name in ("run", "dev"):
        lock(name)


if __name__ == "__main__":
    main()
