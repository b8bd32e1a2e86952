"""Makes `.venv` ready, once: `python3 scripts/bootstrap.py run|dev`. Standard library only, any Python 3 may start it.

Reads: requirements/<level>.txt, message catalogues. Writes: `.venv` and the compiled catalogues (git-ignored).
A stamp in `.venv` makes the second call a matter of milliseconds; level "dev" includes everything of "run".
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "zhize-stamp.json"
LOCALE = ROOT / "src" / "zhize" / "locale"
OLDEST = (3, 11)
# Prints version and whether the build is optimised; fails where venv or pip's seed is missing (Debian splits them off).
PROBE = (
    "import sys, sysconfig, venv, ensurepip; args = sysconfig.get_config_var('CONFIG_ARGS') or '';"
    "print(*sys.version_info[:2], int('--enable-optimizations' in args))"
)


def say(text):
    print(f"[zhize] {text}", flush=True)


def candidates():
    """The operating system's own builds first (they are compiled with profile-guided optimisation), then PATH."""
    for name in ("python3.11", "python3"):
        for path in (os.defpath, None):
            found = shutil.which(name, path=path)
            if found:
                yield found
    yield sys.executable


def choose_python():
    """The first optimised interpreter of 3.11 or later with a working venv, else the first that works at all."""
    working = []
    for path in dict.fromkeys(candidates()):
        probe = subprocess.run([path, "-c", PROBE], capture_output=True, text=True)
        if probe.returncode:
            continue
        major, minor, optimised = (int(word) for word in probe.stdout.split())
        if (major, minor) >= OLDEST:
            if optimised:
                return path
            working.append(path)
    if not working:
        sys.exit(
            "没有找到可用的 Python 3.11 或更高版本（含 venv 模块），无法建立 .venv。\n"
            "请安装后重试，例如 Debian/Ubuntu：apt-get install python3.11 python3.11-venv\n"
            "(No Python 3.11+ with a working venv module was found; install one and try again.)"
        )
    return working[0]


def digest(requirements):
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def requirements_of(level):
    return ROOT / "requirements" / f"{level}.txt"


def is_ready(level):
    """True where the stamp names this level or a larger one with today's requirement files."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    levels = ["dev"] if level == "dev" else ["run", "dev"]
    return stamp.get("level") in levels and stamp.get("digest") == digest(requirements_of(stamp["level"]))


def get_uv(python):
    """uv at the version and hashes that dev.txt pins; None where it can't be had."""
    # Sample of what it matches: the line `uv==0.13.9 \` and the lines `    --hash=sha256:ab12… \` that follow it.
    pin = re.search(r"^uv==(?:.*\\\n)*.*$", requirements_of("dev").read_text(), re.MULTILINE)
    if pin is None:
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(pin.group() + "\n")
        file.flush()
        command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        done = subprocess.run([*command, "-r", file.name])
    uv = VENV / "bin" / "uv"
    return str(uv) if done.returncode == 0 and uv.exists() else None


def install(python, requirements):
    """Exactly what the file pins, hashes checked: by uv, or (slower) by pip."""
    uv = get_uv(python)
    if uv:
        env = {**os.environ, "VIRTUAL_ENV": str(VENV)}
        done = subprocess.run(
            [uv, "pip", "sync", "-q", "--compile-bytecode", "--require-hashes", str(requirements)], env=env
        )
        if done.returncode == 0:
            return
        say("uv could not finish; trying pip")
    subprocess.run(
        [
            python,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(requirements),
        ],
        check=True,
    )


def link_package(python):
    """An editable install without a build: a path file, and the `zhize` command."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(
        subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    )
    (site / "zhize.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "zhize"
    command.write_text(f"#!{python}\nimport sys\nfrom zhize.apps.cli.main import main\nsys.exit(main())\n")
    command.chmod(0o755)


def compile_catalogues(python):
    """Message catalogues to their binary form, where a source is newer."""
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            code = f"from babel.messages.frontend import CommandLineInterface as C; C().run({['pybabel', '-q', 'compile', '-i', str(source), '-o', str(target), '-l', source.parts[-3]]!r})"
            subprocess.run([python, "-c", code], check=True)


def main():
    level = sys.argv[1] if len(sys.argv) > 1 else "run"
    python = VENV / "bin" / "python"
    if not is_ready(level):
        chosen = choose_python()
        if not python.exists() or subprocess.run([str(python), "-c", ""]).returncode:
            say(f"making .venv with {chosen}")
            subprocess.run([chosen, "-m", "venv", "--clear", str(VENV)], check=True)
        say(f"installing requirements/{level}.txt (first time: a minute or so)")
        STAMP.unlink(missing_ok=True)
        install(str(python), requirements_of(level))
        link_package(str(python))
        STAMP.write_text(json.dumps({"level": level, "digest": digest(requirements_of(level))}))
    compile_catalogues(str(python))


if __name__ == "__main__":
    main()
