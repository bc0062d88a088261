import json
import subprocess
import sys

import pytest

from ingest.readers import read
from ingest.readers.formats import format_of
from kg.errors import ReadError
from kg.types import Article, Source
from tests.ingest.readers.documents import FRENCH, PARAGRAPH, make_docx, make_page, make_pdf


@pytest.mark.parametrize(
    "address, media_type, data, expected",
    [
        ("a.txt", None, b"Words.", "text"),
        ("a.MD", None, b"Words.", "markdown"),
        ("a.htm", None, b"Words.", "html"),
        ("https://example.org/a.md?x=1", "text/plain; charset=utf-8", b"Words.", "markdown"),
        ("https://example.org/a", "text/html; charset=utf-8", b"Words.", "html"),
        ("https://example.org/feed", "text/html", b"<?xml version='1.0'?>\n<rss version='2.0'>", "feed"),
        ("https://example.org/feed", "text/xml", b"<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        ("a.xml", None, b"<!DOCTYPE html><html>", "html"),
        ("https://example.org/a", "application/octet-stream", make_pdf([["Words."]]), "pdf"),
        ("a.txt", None, make_pdf([["Words."]]), "pdf"),
        ("-", None, make_docx(), "docx"),
        ("-", None, b'{"text": "Words."}\n', "jsonl"),
        ("-", None, b'{"text": "' + b"Words. " * 1000 + b'"}', "jsonl"),
        ("-", None, b"---\ntitle: x\n---\nWords.", "markdown"),
        ("-", None, b"\xef\xbb\xbf<p>Words.</p>", "html"),
        ("-", None, b"From: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\n\r\nWords.", "mail"),
        ("-", None, b"Riyadh: the deal is done.", "text"),
        ("-", None, b"{ not JSON", "text"),
        ("-", None, b'{"a":' + b"[" * 3000, "text"),
    ],
)
def test_format_is_told_by_type_name_and_content(
    address: str, media_type: str | None, data: bytes, expected: str
) -> None:
    assert format_of(Source(address, data, media_type)) == expected


@pytest.mark.parametrize(
    "address, data, words",
    [
        ("a.md", b"", "empty"),
        ("a.md", b" \n\t\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        ("a.txt", b"PK\x03\x04" + bytes(100), "archive"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "password-protected Office"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.pdf", b"Words.", "misnamed"),
        ("a.txt", b"12 + 4 = 16", "no text"),
        ("a.txt", b"Nineteen letters ok.", "too short to be an article: its text has 17 letters"),
        ("a.txt", b"word " * 110_000, "split it"),
        ("a.txt", FRENCH.encode(), "French, and only English is read: --any-language"),
        ("a.txt", ("Правительство сообщило, что завод построят к концу года. " * 3).encode(), "Russian"),
    ],
)
def test_unusable_source_is_refused_with_reason(refusal, address: str, data: bytes, words: str) -> None:
    assert words in refusal(data, address)


def test_other_languages_can_be_forced(read_one) -> None:
    assert read_one(FRENCH).language == "fr"


def test_stated_language_decides_only_where_the_text_does_not_tell() -> None:
    def first(text: str) -> Article | ReadError:
        return next(read(Source("a.jsonl", json.dumps({"text": text, "language": "fr"}).encode())))

    assert isinstance(first("Le Conseil a dit oui"), ReadError)
    english = first(PARAGRAPH + " It is one of the largest of the deals that the kingdom has made.")
    assert isinstance(english, Article)
    assert english.language == "en"


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "pdf", "docx", "xml", "jsonl", "eml"])
@pytest.mark.parametrize("length", [1, 10, 60, 300, 900])
def test_truncated_source_gives_articles_or_one_clear_line(suffix: str, length: int) -> None:
    feed = f"<rss><channel><item><description>{PARAGRAPH}</description></item></channel></rss>"
    whole = {
        "txt": PARAGRAPH.encode() * 12,
        "md": f"---\ntitle: Chips\n---\n# Chips\n\n{PARAGRAPH}".encode() * 8,
        "html": make_page(f"<p>{PARAGRAPH}</p>" * 8).encode(),
        "pdf": make_pdf([[PARAGRAPH] * 5]),
        "docx": make_docx(),
        "xml": feed.encode(),
        "jsonl": f'{{"text": "{PARAGRAPH}"}}\n'.encode() * 8,
        "eml": f"From: a@b.c\nSubject: x\n\n{PARAGRAPH}".encode() * 5,
    }
    try:
        items = list(read(Source(f"a.{suffix}", whole[suffix][:length])))
    except ReadError as error:
        items = [error]
    assert items
    assert all("\n" not in str(item) for item in items if isinstance(item, ReadError))


def test_heavy_libraries_are_imported_when_asked_for() -> None:
    heavy = "{'trafilatura', 'pypdf', 'docx', 'feedparser'}"
    code = f"import sys, ingest.readers; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
