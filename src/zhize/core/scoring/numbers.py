"""Exact arithmetic of scores: fractions inside, one rounding at publication.

A third of a point three times is one point; as decimals it would be 0.999…, and a grade could hang on it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ..kernel.errors import BadFact
from ..kernel.fields import Fields
from ..kernel.rounding import Rounding, exact

LONGEST = 30  # digits before or after the point; more is a typing error, not a figure
SHOWN = 12  # places shown of a figure that never ends


def rational(value: Decimal | int | str, where: str = "") -> Fraction:
    """The exact fraction of a figure. BadFact for what is no figure or absurdly long."""
    number = exact(value, where=where)
    exponent = number.as_tuple().exponent
    if number and (number.adjusted() > LONGEST or (isinstance(exponent, int) and exponent < -LONGEST)):
        raise BadFact(
            f"“{str(value)[:40]}”位数过多", where=where, remedy=f"请填写整数、小数各不超过 {LONGEST} 位的数"
        )
    return Fraction(number)


def number(fields: Fields, name: str, default: str | None = None) -> Fraction:
    """A figure of a mapping, required unless a default is given."""
    return rational(fields.decimal(name, default), fields.place(name))


def number_or_none(fields: Fields, name: str) -> Fraction | None:
    return number(fields, name) if fields.has(name) else None


def publish(value: Fraction, places: int = 2, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """The figure as published: rounded once, from the exact fraction.

    >>> publish(Fraction("80.985")), publish(Fraction("89.5"), 0), publish(Fraction(-1, 200))
    (Decimal('80.99'), Decimal('90'), Decimal('-0.01'))
    """
    below = value.denominator
    whole, rest = divmod(abs(value.numerator) * 10**places, below)
    twice = 2 * rest
    match mode:
        case Rounding.HALF_UP:
            whole += twice >= below
        case Rounding.HALF_EVEN:
            whole += twice > below or (twice == below and whole % 2 == 1)
        case Rounding.UP:
            whole += rest > 0
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def _places(value: Fraction) -> int | None:
    """How many places the figure has when written out in full; None where it never ends."""
    rest, most = value.denominator, 0
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest //= prime
            times += 1
        most = max(most, times)
    return most if rest == 1 else None


def shown(value: Fraction) -> Decimal:
    """The figure as a trace carries it: in full where it ends, else to twelve places.

    >>> shown(Fraction(9, 2)), shown(Fraction(1, 3))
    (Decimal('4.5'), Decimal('0.333333333333'))
    """
    places = _places(value)
    if places is None:
        return publish(value, SHOWN)
    return Decimal(value.numerator * 10**places // value.denominator).scaleb(-places)


def say(value: Fraction, places: int = 4) -> str:
    """The figure in a sentence: 4.5; 约33.3333 where it does not end within so many places.

    >>> say(Fraction(9, 2)), say(Fraction(100, 3)), say(Fraction(-1))
    ('4.5', '约33.3333', '-1')
    """
    written = publish(value, places)
    text = format(written, "f").rstrip("0").rstrip(".") if places else format(written, "f")
    is_whole = written.as_integer_ratio() == (value.numerator, value.denominator)
    return text if is_whole else f"约{text}"


def percent(value: Fraction) -> str:
    """A share in a sentence: 95%, 约66.67%."""
    return f"{say(value * 100, 2)}%"
