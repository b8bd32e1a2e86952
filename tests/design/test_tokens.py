"""The colours of the design system can be read, in both schemes."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "src" / "zhize" / "static" / "zhize" / "css"
BLOCK = re.compile(r":root(?P<scheme>[^{]*)\{(?P<body>[^}]*)\}")
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")  # --ink-2: #465256;


def schemes() -> dict[str, dict[str, str]]:
    """The token blocks that set colours: light, dark by the system, dark by choice."""
    blocks = [
        (m["scheme"].strip(), dict(TOKEN.findall(m["body"])))
        for m in BLOCK.finditer((CSS / "tokens.css").read_text())
    ]
    found = {scheme: tokens for scheme, tokens in blocks if "paper" in tokens}
    light, system, chosen = found[""], found[':not([data-theme="light"])'], found['[data-theme="dark"]']
    return {"light": light, "dark": light | system, "chosen dark": light | chosen}


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1."""
    digits = colour.removeprefix("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "paper-sunk", "paper-raised")
WORDS = ("ink", "ink-2", "ink-3", "accent", "green", "amber", "red")
PAIRS = [(word, ground) for ground in GROUNDS for word in WORDS] + [
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent-strong", "accent-soft"),
    ("ink", "accent-soft"),
    ("amber", "amber-soft"),
    ("red", "red-soft"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_words_stand_out_from_their_ground_by_at_least_four_and_a_half(
    scheme: str, word: str, ground: str
) -> None:
    tokens = schemes()[scheme]
    assert contrast(tokens[word], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_of_a_control_stands_out_by_at_least_three(scheme: str) -> None:
    tokens = schemes()[scheme]
    assert contrast(tokens["rule-control"], tokens["paper-raised"]) >= 3


def test_dark_by_choice_is_dark_by_system() -> None:
    found = schemes()
    assert found["dark"] == found["chosen dark"]


def test_every_token_used_is_defined_and_every_colour_is_a_token() -> None:
    defined = set(schemes()["light"])
    for sheet in CSS.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= defined, sheet.name
        if sheet.name not in {"tokens.css", "print.css"}:
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == [], sheet.name
