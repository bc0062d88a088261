"""HTML: a page's article without its furniture, newsletters, and the pieces of HTML that feeds and mails hold."""

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from ingest.readers.decode import decode_text
from ingest.readers.describe import build_article, canonical_url, iso_date
from ingest.readers.formats import is_web_address
from ingest.readers.text import charset_of
from kg.errors import ReadError
from kg.types import Article, Source

__all__ = ["drop_mail_furniture", "html_to_text", "read_html"]

# Far above any article's; the time to find one grows with the tags, and is some seconds here.
_MOST_TAGS = 50_000
_LARGEST = 10_000_000
# What trafilatura raises on descriptions of odd shape, above all on JSON-LD, which stands in scripts.
_MISLED = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
# The parser compares each attribute of a tag with all before it.
_MOST_ATTRIBUTES = 1000

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A(?:\s*<\?xml[^>]*(?:>|\Z))+")
_TAG_START = re.compile(r"<[a-zA-Z]")
_ATTRIBUTE = r"""[\s/]*+[^\s>/][^\s=>/]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTES = re.compile(
    rf"<[a-zA-Z][^\s/>]*+(?:(?:{_ATTRIBUTE}){{{_MOST_ATTRIBUTES}}}(?P<more>{_ATTRIBUTE})|(?:{_ATTRIBUTE})*+)"
)
_INVALID_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROW_OF_RULES = re.compile(r"-{3}(?:\|-{3})*")
_SPACE = re.compile(r"\s+")
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{1,40})"')
_DATE_IN_URL = re.compile(r"/(\d{4})/(\d\d)/(\d\d)(?:/|$)")
_DATE_NAMES = frozenset(
    {
        "article:published_time",
        "citation_publication_date",
        "date",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.date",
        "dcterms.issued",
        "og:published_time",
        "parsely-pub-date",
        "pubdate",
        "publication_date",
        "publish-date",
        "publishdate",
        "sailthru.date",
    }
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|"
    "header|hr|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_UNSEEN = re.compile(
    "audio|button|canvas|head|iframe|input|math|noscript|object|option|script|select|style|svg|template|textarea|title|"
    "video"
)
_HIDDEN = re.compile(
    r"(?:display|mso-hide)\s*:\s*(?:none|all)|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em)?\s*(?:;|$)"
)
_IN_BROWSER = r"\bin (?:your |a |the )?(?:web )?browser\b"
_MAIL_MARK = re.compile(rf"unsubscribe|(?:view|read|open)\b[^.]{{0,30}}{_IN_BROWSER}", re.IGNORECASE)
_MAIL_FURNITURE = re.compile(
    rf"unsubscribe|{_IN_BROWSER}|view (?:it |this )?online|(?:manage|update|email) (?:your )?"
    r"(?:subscription|preferences|profile)|you(?:'re|’re| are)? receiv(?:e|ing|ed) this|forwarded (?:this|to you)|"
    r"all rights reserved|^©|^copyright|our mailing address|was sent to \S+@|privacy policy|add us to your address",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 200


def read_html(source: Source) -> Iterator[Article]:
    """The article of a page, or all that a newsletter says.

    Title, author, publisher, canonical address and date come from the page's own description of itself; a date that
    merely stands in the text is not taken for the day of publication.
    """
    address = source.address
    found = _META_CHARSET.search(source.data[:4096])
    declared = charset_of(source.media_type) or (found[1].decode("ascii") if found else None)
    markup = decode_text(source.data, address=address, declared=declared)
    tree = _parse(markup, address)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    date = _published(tree, markup)
    base = address if is_web_address(address) else None
    try:
        described, text = _extracted(tree, markup, base)
    except _MISLED:
        etree.strip_elements(tree, "script", with_tail=False)
        try:
            described, text = _extracted(tree, markup, base)
        except _MISLED as error:
            reason = f"is HTML that describes itself in a way that cannot be read ({type(error).__name__})"
            raise ReadError(f"{reason}: save it as text", article=address) from error
    if described is None or not text.strip():
        raise ReadError(
            "holds no article text (a page made by scripts, a form or a list of links): save it as text",
            article=address,
        )
    url = canonical_url(_words(described.url), base=base) or base
    if date is None and (match := _DATE_IN_URL.search(url or "")):
        date = iso_date("-".join(match.groups()))
    title = _words(described.title)
    yield build_article(
        _without_title(text, title),
        address=address,
        title=title,
        url=url,
        published=date,
        publisher=_words(described.sitename),
        author=_words(described.author),
        language=language,
        topics=[topic for topic in (*(described.categories or ()), *(described.tags or ())) if _words(topic)],
    )


def html_to_text(markup: str, *, address: str) -> str:
    """All that a piece of HTML shows, its blocks parted by empty lines; rows of data as cells parted by ` | `.

    Raises
    ------
    ReadError
        It is too large or nests too deep.
    """
    if not markup.strip():
        return ""
    tree = _parse(f"<html><body>{markup}</body></html>", address)
    return _visible_text(tree, _layout_tables(tree))


def drop_mail_furniture(text: str) -> str:
    """A newsletter without the short paragraphs that every issue carries: how to leave, where to read it online."""
    return "\n\n".join(
        part
        for part in re.split(r"\n\s*\n", text)
        if len(part) > _LONGEST_FURNITURE or not _MAIL_FURNITURE.search(part.strip())
    )


def _parse(markup: str, address: str) -> HtmlElement:
    if len(markup) > _LARGEST:
        raise ReadError(f"is HTML of {len(markup) // 10**6} MB, and at most 10 MB are read: split it", article=address)
    tags = sum(1 for _ in _TAG_START.finditer(markup))
    if tags > _MOST_TAGS:
        raise ReadError(f"is HTML of {tags:,} tags, and at most {_MOST_TAGS:,} are read: split it", article=address)
    markup = _XML_DECLARATION.sub("", _INVALID_XML.sub("", markup))
    if any(tag["more"] for tag in _ATTRIBUTES.finditer(markup)):
        reason = f"is HTML with more than {_MOST_ATTRIBUTES:,} attributes on one tag: save it as text"
        raise ReadError(reason, article=address)
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError(f"is no HTML that can be read ({error}): save it as text", article=address) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise ReadError("nests its HTML tags more than 256 deep: save it as text", article=address)
    return tree


def _extracted(tree: HtmlElement, markup: str, base: str | None) -> tuple[Any, str]:
    """What the page says of itself, None where it holds nothing, and its text."""
    layout = _layout_tables(tree)
    described: Any
    if layout and _MAIL_MARK.search(markup):
        described = trafilatura.extract_metadata(tree, default_url=base)
        return described, drop_mail_furniture(_visible_text(tree, layout))
    for table in layout:
        _untable(table)
    described = trafilatura.bare_extraction(tree, url=base, with_metadata=True, include_comments=False)
    return described, _paragraphs(described.text or "") if described else ""


def _words(stated: object) -> str | None:
    """JSON-LD gives trafilatura values of any type, and it hands them on."""
    return stated if isinstance(stated, str) else None


def _published(tree: HtmlElement, markup: str) -> str | None:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _DATE_NAMES and (day := iso_date(meta.get("content"))):
            return day
    if (match := _JSON_DATE.search(markup)) and (day := iso_date(match[1])):
        return day
    return next((day for time in tree.iter("time") if (day := iso_date(time.get("datetime")))), None)


def _layout_tables(tree: HtmlElement) -> list[HtmlElement]:
    """Tables that arrange a page rather than hold data: nested, said to be so, or of one filled cell a row."""
    return [table for table in tree.iter("table") if _is_layout(table)]


def _is_layout(table: HtmlElement) -> bool:
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return True
    return all(
        sum(1 for cell in row if cell.tag in {"td", "th"} and cell.text_content().strip()) <= 1
        for row in table.iter("tr")
    )


def _untable(table: HtmlElement) -> None:
    """Make plain blocks of a layout table, so that its text is not read as rows of data."""
    inner = {"tbody", "thead", "tfoot", "tr", "td", "th"}
    pending = [table]
    while pending:
        element = pending.pop()
        pending.extend(child for child in element if child.tag in inner)
        is_paragraph = element.tag in {"td", "th"} and not any(
            _BLOCK.fullmatch(below.tag) for below in element.iterdescendants()
        )
        element.tag = "p" if is_paragraph else "div"


def _visible_text(tree: HtmlElement, layout: list[HtmlElement]) -> str:
    arranging = set(layout)
    parts: list[str] = []
    unseen: Any = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if unseen is not None and element is not unseen:
            continue
        if event == "start":
            if _UNSEEN.fullmatch(element.tag) or _HIDDEN.search((element.get("style") or "").lower()):
                unseen = element
                continue
            parts.append(_break_before(element, arranging) + _SPACE.sub(" ", element.text or ""))
        else:
            unseen = None
            parts.append(("\n\n" if _BLOCK.fullmatch(element.tag) else "") + _SPACE.sub(" ", element.tail or ""))
    return "".join(parts).strip()


def _break_before(element: HtmlElement, arranging: set[HtmlElement]) -> str:
    if element.tag == "br":
        return "\n"
    if element.tag in {"td", "th"}:
        table = next(element.iterancestors("table"), None)
        if table is None or table in arranging:
            return "\n\n"
        return " | " if element.getprevious() is not None else ""
    return "\n\n" if _BLOCK.fullmatch(element.tag) else ""


def _paragraphs(text: str) -> str:
    """Trafilatura gives a paragraph, item or row a line, with marks before items and around rows."""
    lines = (line.strip().removeprefix("- ").strip("| ") for line in text.split("\n"))
    return "\n\n".join(line for line in lines if not _ROW_OF_RULES.fullmatch(line))


def _without_title(text: str, title: str | None) -> str:
    first, _, rest = text.strip().partition("\n")
    return rest if rest.strip() and title and first.strip().casefold() == title.strip().casefold() else text
