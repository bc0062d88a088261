"""PDF: the text of its pages as running paragraphs."""

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.readers.describe import LONGEST_TEXT, build_article
from ingest.readers.formats import is_web_address
from kg.errors import ReadError
from kg.types import Article, Source

__all__ = ["pages_to_text", "read_pdf"]

# What pypdf raises on damaged files, beside its own.
_DAMAGED = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_MOST_PAGES = 1000
# How many lines at the top and bottom of a page may be a running head or foot.
_EDGE = 2
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–|\s]*(?:\d{1,4}|[ivxl]{1,6})[-–|\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")
_HYPHENATED = re.compile(r"(\w+)[-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"[a-zà-ÿ]\w*")
_NO_TITLE = re.compile(r"(?:microsoft word|powerpoint)\b.*|untitled.*|.*\.(?:docx?|pdf|indd|tex|rtf)", re.IGNORECASE)


def read_pdf(source: Source) -> Iterator[Article]:
    """The whole file as one article; scans are not read."""
    # Its log repeats, line by line and on the terminal, what the error says once.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    address = source.address
    try:
        reader = PdfReader(BytesIO(source.data))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise ReadError("is protected by a password: save a copy without one", article=address)
        pages, described = _pages(reader, address), _described(reader)
    except DependencyError as error:
        raise ReadError("is encrypted: save a copy without encryption", article=address) from error
    except _DAMAGED as error:
        problem = " ".join(str(error).split())[:80] or type(error).__name__
        raise ReadError(f"is no PDF that can be read ({problem}): save it anew", article=address) from error
    text = pages_to_text(pages)
    if not text:
        raise ReadError(f"has no text on its {len(pages)} pages (a scan?): run OCR on it first", article=address)
    yield build_article(text, address=address, url=address if is_web_address(address) else None, **described)


def pages_to_text(pages: list[str]) -> str:
    """Running text of pages: without running heads, feet and page numbers, lines joined, words that were cut mended."""
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    lines = _without_edges(lines)
    text = "\n\n".join(_paragraphs([line for page in lines for line in page]))
    return text.strip()


def _pages(reader: PdfReader, address: str) -> list[str]:
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise ReadError(f"has {count:,} pages, and at most {_MOST_PAGES:,} are read: split it", article=address)
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > 2 * LONGEST_TEXT:
            raise ReadError(f"has more than {LONGEST_TEXT:,} characters of text: split it", article=address)
    return pages


def _described(reader: PdfReader) -> dict[str, Any]:
    metadata = reader.metadata
    if metadata is None:
        return {}
    title = metadata.title if isinstance(metadata.title, str) else ""
    return {
        "title": None if _NO_TITLE.fullmatch(title.strip()) else title,
        "author": metadata.author if isinstance(metadata.author, str) else None,
        "published": metadata.creation_date_raw,
    }


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Drop the lines at the edges that most pages share, but for their numbers, and page numbers alone."""
    shape = {line: _DIGITS.sub("#", line) for page in pages for line in (*page[:_EDGE], *page[-_EDGE:])}
    seen = Counter(found for page in pages for found in {shape[line] for line in (*page[:_EDGE], *page[-_EDGE:])})
    running = {found for found, count in seen.items() if len(pages) >= 3 and count > len(pages) / 2}

    def is_furniture(line: str) -> bool:
        return shape.get(line) in running or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(line) is not None)

    kept = []
    for page in pages:
        first, last = 0, len(page)
        while first < min(_EDGE, last) and is_furniture(page[first]):
            first += 1
        while last > max(first, len(page) - _EDGE) and is_furniture(page[last - 1]):
            last -= 1
        kept.append(page[first:last])
    return kept


def _paragraphs(lines: list[str]) -> list[str]:
    """A paragraph ends with a sentence on a line that stops short, and around a short line that ends none."""
    if not lines:
        return []
    full = median(len(line) for line in lines)
    words = set(re.findall(r"[\w-]+", " ".join(lines).casefold()))
    paragraphs = [lines[0]]
    for before, line in pairwise(lines):
        if _ends_paragraph(before, line, full):
            paragraphs.append(line)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line, words)
    return paragraphs


def _ends_paragraph(before: str, line: str, full: float) -> bool:
    if _SENTENCE_END.search(before):
        return len(before) < 0.8 * full or _is_heading(line, full)
    return _is_heading(before, full) and line[0].isupper()


def _is_heading(line: str, full: float) -> bool:
    return len(line) < 0.6 * full and line[0].isupper() and not _SENTENCE_END.search(line) and line[-1] not in ",;-"


def _joined(before: str, line: str, words: set[str]) -> str:
    cut, rest = _HYPHENATED.search(before), _FIRST_WORD.match(line)
    if cut is None or rest is None:
        return f"{before} {line}"
    # "state-" + "owned": a compound where the document writes it as one elsewhere.
    if f"{cut[1]}-{rest[0]}".casefold() in words and f"{cut[1]}{rest[0]}".casefold() not in words:
        return before + line
    return before[:-1] + line
