"""RSS and Atom: each entry that carries its own text is an article."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

import feedparser

from ingest.clean import printable
from ingest.readers.describe import build_article
from ingest.readers.html import html_to_text
from kg.errors import ReadError
from kg.types import Article, Source

__all__ = ["read_feed"]

_TITLE_MARKS = re.compile(r"</?(?:a|b|em|i|small|span|strong|sub|sup)\b[^<>]*>", re.IGNORECASE)
_APPEARED_FIRST = re.compile(r"\n *The post\b[^\n]*\b(?:appeared first|first appeared) on\b[^\n]*\s*\Z")
_ENTRY_START, _ENTRY_END = re.compile(rb"<(?:item|entry)[\s>]"), re.compile(rb"</(?:item|entry)\s*>")
_FEED_END = re.compile(rb"</(?:rss|feed|rdf:RDF)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL)


def read_feed(source: Source) -> Iterator[Article | ReadError]:
    """The entries in order; an error in the place of each without text.

    Broken XML is read as far as it goes. Where a feed breaks off, the entry that was cut is left out and an error
    says so. Entities that a feed defines, inner or outer, are not resolved.
    """
    address = source.address
    # Only bytes in memory: of a string, feedparser would open what it names.
    feed: Any = feedparser.parse(
        BytesIO(source.data),
        response_headers={"content-type": source.media_type or "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = list(feed.entries)
    is_cut = not _FEED_END.search(source.data.rstrip()[-2000:])
    if is_cut and len(_ENTRY_START.findall(source.data)) > len(_ENTRY_END.findall(source.data)):
        entries = entries[:-1]
    if not entries:
        reason = f"its XML is broken: {_problem(feed)}" if feed.bozo else "it has no entries"
        raise ReadError(f"no article of this feed can be read ({reason}): check its address", article=address)
    for position, entry in enumerate(entries, 1):
        key = entry.get("id") or entry.get("link") or str(position)
        try:
            yield _read_entry(entry, feed.feed, f"{address}#{printable(key)}")
        except ReadError as error:
            yield error
    if is_cut:
        yield ReadError(f"the feed breaks off after entry {len(entries)}: get it again for the rest", article=address)


def _read_entry(entry: Any, feed: Any, address: str) -> Article:
    contents = [*entry.get("content", ()), *([entry.summary_detail] if entry.get("summary_detail") else ())]
    texts = [_text(content, address) for content in contents]
    text = max(texts, key=len, default="")
    if not text.strip():
        raise ReadError("the entry has no text of its own: give the page that it links to", article=address)
    return build_article(
        _APPEARED_FIRST.sub("", text),
        address=address,
        title=unescape(_TITLE_MARKS.sub("", entry.get("title", ""))),
        url=entry.get("link"),
        published=entry.get("published") or entry.get("updated"),
        publisher=feed.get("title"),
        author=entry.get("author_detail", {}).get("name") or entry.get("author"),
        language=feed.get("language"),
        topics=[tag.term for tag in entry.get("tags", ()) if tag.get("term")],
    )


def _text(content: Any, address: str) -> str:
    if content.get("type") == "text/plain" and "<" not in content.value:
        return str(content.value)
    return html_to_text(content.value, address=address)


def _problem(feed: Any) -> str:
    problem = feed.bozo_exception
    line = problem.getLineNumber() if hasattr(problem, "getLineNumber") else None
    words = problem.getMessage() if hasattr(problem, "getMessage") else str(problem)
    return f"{words} in line {line}" if line else words
