"""Amounts of money, points and spans of time, and other numbers with their units.

Spans come from one pass of a few patterns over the text; what they say is read apart, by `parse_amount` and
`parse_period`. A number that no rule can read keeps its words: value, unit and days stay None.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ingest.extract.number_forms import (
    BARE_NUMBER,
    CODES,
    CURRENCY_WORDS,
    DATE,
    FRACTIONS,
    MONEY,
    NUMBER,
    NUMBER_WORDS,
    PLAIN_NUMBER,
    SCALES,
    SHORT_SCALE,
    SYMBOLS,
    UNIT_NOUN,
    WORD_SCALE,
    any_of,
)
from ingest.extract.periods import parse_period
from kg.types import Amount

__all__ = ["AmountSpan", "find_amounts", "parse_amount", "parse_period"]


class AmountSpan(NamedTuple):
    """Where an amount stands, and its annotation label. `bare_end` leaves out a common noun after a number."""

    start: int
    end: int
    label: str
    bare_end: int


_AMOUNT = re.compile(
    rf"(?<![\w.])(?<!\d,)(?:(?P<MONEY>{MONEY})|(?P<DATE>{DATE})|(?P<PLAIN>{PLAIN_NUMBER})"
    rf"|(?P<BARE>{BARE_NUMBER})(?P<UNIT>{UNIT_NOUN})?)(?!\w)"
)
_LABELS = {"MONEY": "MONEY", "DATE": "DATE", "PLAIN": "QUANTITY", "BARE": "QUANTITY", "UNIT": "QUANTITY"}
_NAME_BEFORE = re.compile(
    r"\b(?!(?:The|In|At|By|Of|Some|About|Over|Nearly|More|All|From|With|And|But|On|For|To)\s)[A-Z][\w-]*[\s-]$"
)


def find_amounts(text: str) -> Iterator[AmountSpan]:
    """Amounts, dates and other numbers of `text`, in order, none overlapping.

    `bare_end` is where the number itself ends: the noun after it belongs to the span only where it is no entity.
    """
    for match in _AMOUNT.finditer(text):
        kind = str(match.lastgroup)
        start, end = match.span()
        if kind in ("BARE", "UNIT") and text[start].isdigit() and _NAME_BEFORE.search(text, max(0, start - 40), start):
            continue
        yield AmountSpan(start, end, _LABELS[kind], match.end("BARE") if kind == "UNIT" else end)


_CURRENCY_OF = {**SYMBOLS, **{code: code for code in CODES}}
_READ_CURRENCY = re.compile(
    rf"(?:US\s)?({any_of(_CURRENCY_OF)})\s?(?=\d)|(?<!per )({any_of(CURRENCY_WORDS)})s?\b|\b({any_of(CODES)})$"
)
_READ_NUMBER = re.compile(rf"(?:{NUMBER})")
_READ_SCALE = re.compile(rf"\s?-?({WORD_SCALE}|{SHORT_SCALE})(?![a-z])", re.IGNORECASE)
_READ_WORDS = re.compile(r"[a-z]+")
_FRACTION_WORDS = re.compile(rf"\b(?:{any_of(FRACTIONS)})s?\b")
_NATIONAL_DOLLARS = {"canadian": "CAD", "australian": "AUD", "singapore": "SGD"}
_UNIT_NAMES = {
    "%": "%", "percent": "%", "per cent": "%", "megawatt": "MW", "gigawatt": "GW", "kilowatt": "kW", "terawatt": "TW",
    "megawatt-hour": "MWh", "gigawatt-hour": "GWh", "terawatt-hour": "TWh", "kilowatt-hour": "kWh", "mw": "MW",
    "gw": "GW", "tonne": "t", "metric ton": "t", "metric tonne": "t", "kilogram": "kg", "kilometer": "km",
    "kilometre": "km", "hectare": "ha", "petaflop": "PFLOPS", "exaflop": "EFLOPS", "petaflops": "PFLOPS",
    "exaflops": "EFLOPS", "teraflops": "TFLOPS",
}  # fmt: skip


def parse_amount(text: str) -> Amount:
    """Value and unit of a MONEY or QUANTITY mention; a range, or words no rule reads, has neither.

    >>> parse_amount("$1.5 billion")
    Amount(text='$1.5 billion', value='1500000000', unit='USD')
    >>> parse_amount("two-thirds"), parse_amount("500-megawatt").unit
    (Amount(text='two-thirds', value=None, unit=None), 'MW')
    """
    currency = _READ_CURRENCY.search(text)
    numbers = list(_READ_NUMBER.finditer(text))
    if len(numbers) > 1:
        return Amount(text)
    value, rest = _digits(text, numbers[0]) if numbers else _words(text)
    if value is None:
        return Amount(text)
    if currency:
        symbol, word, code = currency.groups()
        unit: str | None = _CURRENCY_OF[symbol] if symbol else code or CURRENCY_WORDS[word]
        if unit == "USD" and word:
            unit = next((code for nation, code in _NATIONAL_DOLLARS.items() if nation in text.lower()), unit)
        if word == "cent":
            value /= 100
    else:
        unit = _unit(rest)
    return Amount(text, _plain(value), unit)


def _plain(value: Decimal) -> str:
    """Plain notation without trailing zeros: `Decimal` itself would print `1.5E+9`."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _digits(text: str, number: re.Match[str]) -> tuple[Decimal | None, str]:
    value = Decimal(re.sub(r"[,\s]", "", number[0]))
    position = number.end()
    while scale := _READ_SCALE.match(text, position):
        words = scale[1].lower().split()
        for word in words:
            value *= SCALES[{"tr": "tn"}.get(word, word.removesuffix("s") if len(word) > 2 else word)]
        position = scale.end()
    return value, text[position:]


def _words(text: str) -> tuple[Decimal | None, str]:
    """Value of a number in words, and what follows it; None where a word is no plain number."""
    total, group, seen, position = Decimal(0), Decimal(0), False, 0
    for match in _READ_WORDS.finditer(text.lower()):
        word = match[0]
        if word in NUMBER_WORDS:
            group += NUMBER_WORDS[word]
        elif word in ("a", "an") and not seen:
            group += 1
        elif word == "and" and seen:
            pass
        elif word == "hundred" and seen:
            group *= 100
        elif word in SCALES and len(word) > 3 and seen:
            total, group = total + group * SCALES[word], Decimal(0)
        else:
            break
        seen, position = True, match.end()
    rest = text[position:]
    if not seen or _FRACTION_WORDS.search(rest) or text.lower().strip() in ("a", "an"):
        return None, rest
    return total + group, rest


def _unit(rest: str) -> str | None:
    unit = re.sub(r"\(.*", "", rest).strip(" -")
    return _UNIT_NAMES.get(unit.lower()) or _UNIT_NAMES.get(unit.lower().removesuffix("s")) or unit or None
