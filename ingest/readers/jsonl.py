"""JSON lines: one article an object, its text under `text`."""

import json
from collections.abc import Iterator
from typing import Any

from ingest.clean import printable
from ingest.readers.decode import decode_text
from ingest.readers.describe import build_article
from kg.errors import ReadError
from kg.types import Article, Source

__all__ = ["read_jsonl"]

_LONGEST_NAMES = 100


def read_jsonl(source: Source) -> Iterator[Article | ReadError]:
    """One article a line, in order; an error in the place of each line that is none. Empty lines are passed over.

    Known fields: text (required), title, url, date or published, publisher, author, language, topics.
    """
    text = decode_text(source.data, address=source.address)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _read_line(line, f"{source.address}#{number}")
        except ReadError as error:
            yield error


def _read_line(line: str, address: str) -> Article:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise ReadError(f"the line is not JSON ({reason}): write one object a line", article=address) from error
    if not isinstance(fields, dict):
        raise ReadError(f'the line is no JSON object: write {{"text": "..."}}, not {line[:40]!r}', article=address)
    if not isinstance(fields.get("text"), str):
        raise ReadError(f'the line has no "text": its fields are {_names(fields)}', article=address)
    return build_article(
        fields["text"],
        address=address,
        published=fields.get("published") or fields.get("date"),
        topics=_topics(fields.get("topics")),
        **{name: _word(fields.get(name)) for name in ("title", "url", "publisher", "author", "language")},
    )


def _names(fields: dict[str, Any]) -> str:
    named = printable(", ".join(fields)) or "none"
    return named if len(named) <= _LONGEST_NAMES else named[: _LONGEST_NAMES - 1] + "…"


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _topics(value: Any) -> list[str]:
    given = value.split(",") if isinstance(value, str) else value
    return [topic for topic in given if isinstance(topic, str)] if isinstance(given, list) else []
