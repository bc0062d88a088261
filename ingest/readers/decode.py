"""Bytes to characters, whatever the encoding, and the bytes that are no text at all."""

import codecs
import re

from charset_normalizer import from_bytes

from kg.errors import ReadError

__all__ = ["decode_text"]

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Codecs of names and of program text, which no page is in; some take quadratic time.
_NEVER_DECLARED = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What a guess of the encoding looks at: more tells no more, and guessing takes seconds a megabyte.
_SAMPLE = 1 << 16


def decode_text(data: bytes, *, address: str, declared: str | None = None) -> str:
    """The characters of `data`: by its byte-order mark, else as UTF-8, else as declared, else by a guess.

    UTF-8 with a few broken bytes stays UTF-8, and U+FFFD stands where they were.

    Raises
    ------
    ReadError
        The bytes are not text.
    """
    text = _decode(data, declared)
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls > max(2, len(text[:_SAMPLE]) / 50):
        raise ReadError("holds binary data, not text: give a file of text, or its PDF, DOCX or HTML", article=address)
    return text


def _decode(data: bytes, declared: str | None) -> str:
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(marked, "replace")
    # Before UTF-8, in which a zero byte is a character like any other.
    if (encoding := _utf_16(data)) is not None:
        return data.decode(encoding, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        lenient = data.decode(errors="replace")
    broken = lenient.count("\ufffd")
    if sum(c > "\x7f" for c in lenient) >= 2 * broken:
        return lenient
    return data.decode(_known(declared) or _guess(data) or "windows-1252", "replace")


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without a mark: half of the bytes of a western text are zero, all on one side."""
    sample = data[:_SAMPLE]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if max(zeros) < len(sample) / 5 or min(zeros) > max(zeros) / 10:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _known(encoding: str | None) -> str | None:
    """The codec's own name; None where no codec of text goes by it (base64 is one, but not of text)."""
    if not encoding:
        return None
    try:
        name = codecs.lookup(encoding).name
        b" ".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return None if name in _NEVER_DECLARED else name


def _guess(data: bytes) -> str | None:
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    # Western encodings differ in a handful of signs; of those that fit, this one is by far the most used.
    return "windows-1252" if "cp1252" in best.could_be_from_charset else best.encoding
