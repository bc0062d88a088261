"""Clean text: what offsets in the graph count code points of."""

import re
import unicodedata
from statistics import median

__all__ = ["clean_text", "join_wrapped_lines", "printable"]

# Controls but for tab and line ends, soft hyphen, zero-width and bidirectional marks, lone surrogates, private use.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\ufffb\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
# Controls, which a terminal obeys, marks that turn the order of a line, and what UTF-8 cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANKS_AT_LINE_END = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")
_LIST_MARK = re.compile(r"(?:[-*•–]|\(?\d{1,3}[.)])\s")
# Hard-wrapped text has lines of about one length, and hardly shorter or longer than these.
_WRAPPED_LENGTHS = range(40, 121)


def clean_text(text: str) -> str:
    r"""The text in Unicode NFC, line ends as \n, without invisible characters, blanks collapsed, stripped.

    Every blank becomes one space and at most one empty line stays. Cleaning twice changes nothing.

    >>> clean_text("\ufeffTSMC\u00a0 said \r\n\r\n\r\nno.\u200b ")
    'TSMC said\n\nno.'
    """
    text = _LINE_END.sub("\n", _REMOVED.sub("", text))
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    return _EMPTY_LINES.sub("\n\n", _BLANKS_AT_LINE_END.sub("\n", text)).strip()


def printable(name: str) -> str:
    r"""A name from outside, fit for one line of a message or the graph: what cannot be shown is escaped.

    >>> printable("a\x1b[31m.txt")
    'a\\x1b[31m.txt'
    """
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), name)


def join_wrapped_lines(text: str) -> str:
    r"""Undo hard wrapping: join the lines of each paragraph that fills its lines to about one width.

    Lists, verse, addresses and short lines stay as they are.
    """
    paragraphs = (part.split("\n") for part in _PARAGRAPH_END.split(text))
    return "\n\n".join((" " if _is_wrapped(lines) else "\n").join(lines) for lines in paragraphs)


def _is_wrapped(lines: list[str]) -> bool:
    full = [len(line.rstrip()) for line in lines[:-1]]
    if not full or any(_LIST_MARK.match(line.lstrip()) for line in lines):
        return False
    width = median(full)
    return max(full) in _WRAPPED_LENGTHS and len(lines[-1]) <= max(full) + 15 and min(full) >= width - 20
