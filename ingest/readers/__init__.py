"""Bytes to articles: the one door, and a reader for each format behind it."""

from collections.abc import Iterator

from ingest.language import LANGUAGES
from ingest.readers.formats import format_of
from ingest.readers.jsonl import read_jsonl
from ingest.readers.markdown import read_markdown
from ingest.readers.text import read_text
from kg.errors import ReadError
from kg.types import Article, Source

__all__ = ["read"]


def read(source: Source, *, any_language: bool = False) -> Iterator[Article | ReadError]:
    """The articles of `source`, in order; an error in the place of each entry that cannot be read.

    Parameters
    ----------
    source : Source
        Bytes as received.
    any_language : bool
        Give texts in other languages than English too.

    Raises
    ------
    ReadError
        Nothing of the source can be read.
    """
    for item in _read_format(source):
        if isinstance(item, Article) and not any_language and item.language not in {None, "en"}:
            language = LANGUAGES.get(item.language or "", item.language)
            reason = f"is written in {language}, and only English is read: --any-language to force"
            yield ReadError(reason, article=item.address)
        else:
            yield item


def _read_format(source: Source) -> Iterator[Article | ReadError]:
    """Readers with heavy libraries are imported when the first source asks for them."""
    match format_of(source):
        case "text":
            return read_text(source)
        case "markdown":
            return read_markdown(source)
        case "jsonl":
            return read_jsonl(source)
        case "html":
            from ingest.readers.html import read_html

            return read_html(source)
        case "pdf":
            from ingest.readers.pdf import read_pdf

            return read_pdf(source)
        case "feed":
            from ingest.readers.feed import read_feed

            return read_feed(source)
        case "docx":
            from ingest.readers.docx import read_docx

            return read_docx(source)
        case "mail":
            from ingest.readers.mail import read_mail

            return read_mail(source)
