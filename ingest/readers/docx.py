"""DOCX: paragraphs and tables in the order of the document."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml import etree

from ingest.readers.describe import build_article
from ingest.readers.formats import is_web_address
from kg.errors import ReadError
from kg.types import Article, Source

__all__ = ["read_docx"]

# What a damaged or hostile package makes zipfile, lxml and python-docx raise.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    OpcError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)
_LARGEST_UNPACKED = 200_000_000
_LARGEST_DOCUMENT = 30_000_000
_TITLE_STYLES = ("Title", "Heading 1")
# What programs write where the author wrote nothing.
_NO_TITLE = re.compile(r"word document|microsoft word\b.*|document\d*|untitled", re.IGNORECASE)

# The date that python-docx's own template brings into every document made from it.
_TEMPLATE_MADE = datetime(2013, 12, 23, 23, 15, tzinfo=UTC)


def read_docx(source: Source) -> Iterator[Article]:
    """The whole document as one article; headers, footers and comments are no part of it.

    The title is the property, else the first paragraph in a title's style, which is then no part of the text.
    """
    try:
        document, blocks = _open(source)
        properties = document.core_properties
        title, author, created = properties.title, properties.author, properties.created
        language, keywords = properties.language, properties.keywords
    except _DAMAGED as error:
        problem = " ".join(str(error).split())[:80] or type(error).__name__
        raise ReadError(f"is no DOCX that can be read ({problem}): save it anew", article=source.address) from error
    if created == _TEMPLATE_MADE:
        created = None
    title = None if _NO_TITLE.fullmatch(title.strip()) else title.strip()
    if blocks and blocks[0][0] and len(blocks) > 1 and title in {None, "", blocks[0][1]}:
        title = blocks.pop(0)[1]
    yield build_article(
        "\n\n".join(text for _, text in blocks),
        address=source.address,
        title=title,
        url=source.address if is_web_address(source.address) else None,
        published=created,
        author=None if author == "python-docx" else author,
        language=language,
        topics=re.split(r"[,;]", keywords),
    )


def _open(source: Source) -> tuple[Any, list[tuple[bool, str]]]:
    """The document, and its blocks, each with whether it is styled as a title."""
    with zipfile.ZipFile(BytesIO(source.data)) as package:
        sizes = {info.filename: info.file_size for info in package.infolist()}
    unpacked = sum(sizes.values())
    if unpacked > _LARGEST_UNPACKED or sizes.get("word/document.xml", 0) > _LARGEST_DOCUMENT:
        raise ReadError(f"unpacks to {unpacked // 10**6} MB, too much for an article: split it", article=source.address)
    document = docx.Document(BytesIO(source.data))
    return document, list(_blocks(document))


def _blocks(document: Any) -> Iterator[tuple[bool, str]]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                # A merged cell comes once for each column that it spans.
                cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
                yield False, " | ".join(text for text in cells.values() if text)
        elif block.text.strip():
            style = block.style.name if block.style is not None else None
            yield style in _TITLE_STYLES, block.text.strip()
