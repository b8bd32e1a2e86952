"""The number formats of Word's lists (ST_NumberFormat of ECMA-376), as far as Chinese documents use them."""

from __future__ import annotations

from collections.abc import Callable

from zhize.core.kernel.numerals import int_to_han

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _letter(n: int) -> str:
    """1 → a, 27 → aa: Word repeats the letter."""
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)


def _roman(n: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        times, n = divmod(n, value)
        out += sign * times
    return out


def _from(first: int, count: int) -> Callable[[int], str]:
    """Signs that stand one after the other in Unicode (①…⑳); beyond the last, plain digits."""
    return lambda n: chr(first + n - 1) if 1 <= n <= count else str(n)


def _digits(n: int) -> str:
    """二〇: digit by digit."""
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(n))


def _legal(n: int) -> str:
    """壹拾贰: as amounts are written."""
    plain = int_to_han(n)
    if plain.startswith("十"):
        plain = "一" + plain
    signs = dict(zip("零一二三四五六七八九十百", [*_LEGAL, "拾", "佰"], strict=True))
    return "".join(signs.get(c, c) for c in plain)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL),
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedCircleChinese": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3220, 10),
    "chineseCounting": int_to_han,
    "chineseCountingThousand": int_to_han,
    "japaneseCounting": int_to_han,
    "taiwaneseCounting": int_to_han,
    "taiwaneseCountingThousand": int_to_han,
    "koreanCounting": int_to_han,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": lambda n: _STEMS[n - 1] if 1 <= n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if 1 <= n <= 12 else str(n),
    "lowerLetter": _letter,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "ordinal": str,
    "cardinalText": str,
}
SILENT = frozenset({"bullet", "none"})


def written(number: int, style: str) -> str:
    """A list number in a format; an unknown format, a zero or a negative reads as plain digits, a bullet as nothing."""
    if style in SILENT:
        return ""
    return _FORMATS.get(style, str)(number) if number > 0 else str(number)
