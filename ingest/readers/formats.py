"""Which format a source is in: as the server said, as it is named, as its first bytes look."""

import json
import re
from pathlib import PurePosixPath
from typing import Final, Literal
from urllib.parse import urlsplit

from kg.errors import ReadError
from kg.types import Source

__all__ = ["SUFFIXES", "Format", "format_of", "is_web_address", "known_suffixes"]

Format = Literal["text", "markdown", "html", "pdf", "feed", "docx", "jsonl", "mail"]

SUFFIXES: Final[dict[str, Format]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".docx": "docx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".eml": "mail",
}
_MEDIA_TYPES: Final[dict[str, Format]] = {
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "message/rfc822": "mail",
}
_BINARY: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"OggS", "a recording"),
    (b"ID3", "a recording"),
)
# Servers and file names call both feeds and pages "xml" and "html", or plain text.
_MISTAKEN: Final[dict[Format, tuple[Format, ...]]] = {
    "html": ("feed",),
    "feed": ("html",),
    "text": ("feed", "html"),
}
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|article|meta|title)[\s>/]", re.IGNORECASE)
_XML_PROLOG = re.compile(rb"\A(?:\s|<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^\[>]*(?:\[.*?\])?\s*>)+", re.DOTALL)
_MAIL_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}\r?\n")
_MAIL_HEADER = re.compile(rb"^(?:From|Subject|Message-ID|MIME-Version|Received):", re.IGNORECASE | re.MULTILINE)
_HEAD = 4096


def known_suffixes() -> str:
    """For messages: the suffixes that are read, in words."""
    return " ".join(SUFFIXES)


def is_web_address(address: str) -> bool:
    """Whether it is an http or https URL.

    >>> is_web_address("HTTPS://example.org/a"), is_web_address("/tmp/a.md")
    (True, False)
    """
    return address.lower().startswith(("http://", "https://"))


def format_of(source: Source) -> Format:
    """The format to read `source` in.

    Bytes that can only be one thing win; then what the server said, the name's suffix, and the look of the beginning.

    Raises
    ------
    ReadError
        The source is empty, or in a binary format that holds no article.
    """
    data = source.data
    if not data.strip():
        raise ReadError("is empty: nothing to read", article=source.address)
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if data[:1024].find(b"%PDF-") >= 0:
        return "pdf"
    if data.startswith(_ZIP):
        if b"word/" in data:
            return "docx"
        raise ReadError(
            "is an archive or Office file other than DOCX: give the files in it, or a PDF", article=source.address
        )
    _refuse_binary(data, source.address)
    named = _named_format(source)
    if named in {"pdf", "docx"}:
        raise ReadError(
            f"is called {named.upper()} but does not begin like one: it is damaged, or misnamed", article=source.address
        )
    seen = _seen_format(head)
    if named is None:
        return seen or "text"
    return seen if seen is not None and seen in _MISTAKEN.get(named, ()) else named


def _refuse_binary(data: bytes, address: str) -> None:
    if data.startswith(_OLD_OFFICE):
        raise ReadError("is an old or password-protected Office file: save it as plain DOCX or PDF", article=address)
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise ReadError(f"is {what}, not an article: give text, Markdown, HTML, PDF or DOCX", article=address)


def _named_format(source: Source) -> Format | None:
    media_type = (source.media_type or "").partition(";")[0].strip().lower()
    if media_type in _MEDIA_TYPES:
        return _MEDIA_TYPES[media_type]
    path = urlsplit(source.address).path if is_web_address(source.address) else source.address
    suffix = PurePosixPath(path).suffix.lower()
    return SUFFIXES.get(suffix) or ("text" if media_type == "text/plain" else None)


def _seen_format(head: bytes) -> Format | None:
    body = _XML_PROLOG.sub(b"", head)
    if _FEED_ROOT.match(body):
        return "feed"
    if _HTML_START.match(body):
        return "html"
    if head.startswith(b"{") and _is_json_line(head):
        return "jsonl"
    if _MAIL_HEADERS.match(head.replace(b"\r\n", b"\n")) and _MAIL_HEADER.search(head):
        return "mail"
    if head.startswith((b"---\n", b"---\r\n", b"# ")):
        return "markdown"
    return None


def _is_json_line(head: bytes) -> bool:
    line = head.partition(b"\n")[0]
    if len(line) == len(head) >= _HEAD - 3:
        return re.match(rb'\{\s*"[^"]*"\s*:', line) is not None
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
