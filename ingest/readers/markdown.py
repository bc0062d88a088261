"""Markdown with or without YAML front matter: one article a file, its marks taken off."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import yaml

from ingest.clean import printable
from ingest.readers.decode import decode_text
from ingest.readers.describe import build_article, check_length, iso_date
from ingest.readers.formats import is_web_address
from ingest.readers.text import charset_of
from kg.errors import ReadError
from kg.types import Article, Source

__all__ = ["markdown_to_text", "read_markdown", "split_front_matter"]

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# Told from a rule, which text may begin with, by the name in the line after it.
_FRONT_MATTER_START = re.compile(r"\A\s*---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\w-]+:(?:\s|\Z)")
# How YAML writes that a name has no value.
_NO_VALUE = frozenset({"", "~", "null", "Null", "NULL"})
# YAML that nests or repeats itself without end is no description of an article.
_LONGEST_FRONT_MATTER = 1 << 16

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}(?: (.*?))?(?: #+)?")
_UNDERLINE = re.compile(r"=+|-{2,}")
_RULE = re.compile(r"(?:[-*_] *){3,}")
_QUOTE = re.compile(r"\A(?:> ?)+")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]) +(?:\[[ xX]\] +)?")
_DEFINITION = re.compile(r"\[[^\]^][^\]]*\]: *\S+.*")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]: *")
_TABLE_RULE = re.compile(r"(?=.*\|)\|? *:?-{2,}:? *(?:\| *:?-{2,}:? *)*\|?")

# Spans are bounded: a mark that is never closed would be looked for to the end of the text, for each such mark.
_CODE = re.compile(r"(`{1,3})(?!`)(.{1,500}?)\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_IMAGE = re.compile(rf"!\[[^\[\]]*\](?:{_TARGET}|\[[^\]]*\])")
_LINK = re.compile(rf"\[([^\[\]]*)\](?:{_TARGET}|\[[^\]]*\])")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)(.{1,300}?)(?<=\S)\1")
_STAR = re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*")
_UNDERSCORE = re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)")


def read_markdown(source: Source) -> Iterator[Article]:
    """The file as one article.

    The title is the front matter's, else the first heading's when nothing stands before it; the heading that is the
    title is no part of the text.
    """
    address = source.address
    markup = decode_text(source.data, address=address, declared=charset_of(source.media_type))
    fields, body = split_front_matter(markup.replace("\r\n", "\n").replace("\r", "\n"), address=address)
    check_length(body, address=address)
    blocks = _blocks(body)
    title = _words(fields, "title", address)
    if blocks and blocks[0][0] and title in {None, blocks[0][1]} and len(blocks) > 1:
        title = blocks.pop(0)[1]
    url = _words(fields, "url", address) or (address if is_web_address(address) else None)
    yield build_article(
        "\n\n".join(text for _, text in blocks),
        address=address,
        title=title,
        url=url,
        published=next((day for name in ("date", "published") if (day := iso_date(fields.get(name)))), None),
        publisher=_words(fields, "publisher", address),
        author=_words(fields, "author", address),
        language=_words(fields, "language", address),
        topics=_list(fields, "topics", address),
    )


def split_front_matter(markup: str, *, address: str) -> tuple[dict[str, Any], str]:
    """The fields of the front matter, by lower-case name, and what follows it; no fields where there is none.

    Values are words, lists and mappings: nothing is made a number, a date or an object, whatever its look or tag.

    Raises
    ------
    ReadError
        The front matter is never closed, not YAML, or not names with values.
    """
    markup = markup.removeprefix("\ufeff")
    match = _FRONT_MATTER.match(markup)
    if match is None:
        if _FRONT_MATTER_START.match(markup):
            raise ReadError("the front matter is never closed: end it with a line of `---`", article=address)
        return {}, markup
    if len(match[1]) > _LONGEST_FRONT_MATTER:
        raise ReadError(f"the front matter has {len(match[1]):,} characters: shorten it", article=address)
    try:
        fields = yaml.load(match[1], Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        where = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        problem = printable(" ".join(str(error.problem or error.context).split()))[:100]
        raise ReadError(f"the front matter is not YAML{where} ({problem}): mend it", article=address) from error
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        problem = printable(" ".join(str(error).split()))[:100]
        raise ReadError(f"the front matter is not YAML ({problem}): mend it", article=address) from error
    if fields is None:
        return {}, markup[match.end() :]
    if not isinstance(fields, dict):
        shown = match[1].strip().partition("\n")[0][:40]
        raise ReadError(f"the front matter is no `name: value` lines but {shown!r}: mend it", article=address)
    return {str(name).lower(): value for name, value in fields.items()}, markup[match.end() :]


def markdown_to_text(markup: str) -> str:
    """The words alone: no marks of headings, emphasis, links, lists, quotes, code and tables; no images.

    Lines of one paragraph are joined, blocks parted by an empty line, cells of a table by ` | `.

    >>> markdown_to_text("# Chips\\n\\n**TSMC** sells to\\n[Nvidia](https://example.org).")
    'Chips\\n\\nTSMC sells to Nvidia.'
    """
    return "\n\n".join(text for _, text in _blocks(markup))


def _words(fields: dict[str, Any], name: str, address: str) -> str | None:
    value = fields.get(name)
    if value is None or (isinstance(value, str) and value in _NO_VALUE):
        return None
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value) or None
    if isinstance(value, str):
        return value
    raise ReadError(f"the front matter's {name} is a {type(value).__name__}: write words", article=address)


def _list(fields: dict[str, Any], name: str, address: str) -> list[str]:
    value = fields.get(name)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return value
    words = _words(fields, name, address)
    return words.split(",") if words else []


def _blocks(markup: str) -> list[tuple[bool, str]]:
    """Paragraphs, headings, items and rows in order, each with whether it is a heading."""
    blocks: list[tuple[bool, str]] = []
    paragraph: list[str] = []
    fence = ""

    def close(*, heading: bool = False) -> None:
        text = _inline(" ".join(paragraph)).strip()
        paragraph.clear()
        if text:
            blocks.append((heading, text))

    for raw in _COMMENT.sub("", markup).split("\n"):
        line = _QUOTE.sub("", " ".join(raw.split()), count=1)
        if fence:
            if line.startswith(fence):
                fence = ""
            elif line:
                blocks.append((False, line))
            continue
        if match := _FENCE.match(line):
            close()
            fence = match[1]
        elif match := _HEADING.fullmatch(line):
            close()
            paragraph.append(match[1] or "")
            close(heading=True)
        elif paragraph and _UNDERLINE.fullmatch(line):
            close(heading=True)
        elif not line or any(pattern.fullmatch(line) for pattern in (_RULE, _DEFINITION, _TABLE_RULE)):
            close()
        elif line.startswith("|"):
            close()
            paragraph.append(" | ".join(cell.strip() for cell in line.strip("|").split("|")))
            close()
        else:
            if match := _ITEM.match(line) or _FOOTNOTE.match(line):
                close()
                line = line[match.end() :]
            paragraph.append(line)
    close()
    return blocks


def _inline(text: str) -> str:
    """Without inline marks. What stands in code or behind a backslash is set aside first, so no mark is read in it."""
    kept: list[str] = []

    def set_aside(found: str) -> str:
        kept.append(found)
        return f"\x00{len(kept) - 1}\x00"

    text = text.replace("\x00", "")
    text = _CODE.sub(lambda m: set_aside(m[2].strip()), text)
    text = _ESCAPE.sub(lambda m: set_aside(m[1]), text)
    text = _AUTOLINK.sub(lambda m: set_aside(m[1]), text)
    text = _FOOTNOTE_MARK.sub("", _IMAGE.sub("", text))
    text = unescape(_TAG.sub("", _LINK.sub(r"\1", text)))
    # Strong marks may hold others: once more for what they held.
    text = _STRONG.sub(r"\2", _STRONG.sub(r"\2", text))
    text = _UNDERSCORE.sub(r"\1", _STAR.sub(r"\1", text))
    return re.sub("\x00(\\d+)\x00", lambda m: kept[int(m[1])], text)
