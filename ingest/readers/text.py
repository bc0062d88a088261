"""Plain text: one article a file."""

from collections.abc import Iterator

from ingest.clean import join_wrapped_lines
from ingest.readers.decode import decode_text
from ingest.readers.describe import build_article, check_length
from ingest.readers.formats import is_web_address
from kg.types import Article, Source

__all__ = ["charset_of", "read_text"]


def read_text(source: Source) -> Iterator[Article]:
    """The whole file as one article; hard-wrapped paragraphs become one line each."""
    text = decode_text(source.data, address=source.address, declared=charset_of(source.media_type))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    check_length(text, address=source.address)
    url = source.address if is_web_address(source.address) else None
    yield build_article(join_wrapped_lines(text), address=source.address, url=url)


def charset_of(media_type: str | None) -> str | None:
    """What a Content-Type states as encoding.

    >>> charset_of('text/html; charset="ISO-8859-1"')
    'ISO-8859-1'
    """
    _, _, stated = (media_type or "").partition("charset=")
    return stated.partition(";")[0].strip(" \"'") or None
