"""A dossier of one entity, of two to four pages: `kg brief`.

It says what the entity is, what it depends on and what depends on it, its alliances, restrictions, facilities, the
sovereignty of a country, its timeline and where the sources disagree. Each row leads to numbered footnotes.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.types import Polarity
from queries.alliance import alliances
from queries.answer import Answer, Cell, Column, Row, answer_from
from queries.dependency import dependencies
from queries.derived import GOODS, is_jurisdiction
from queries.disagreements import disagreements
from queries.footnotes import Footnotes, Note
from queries.lookup import description
from queries.measures.centrality import pagerank
from queries.names import resolve
from queries.phrases import SUPPORT, class_words, concerns_words, kept, support
from queries.records import Statement
from queries.sovereign_layers import LAYERS
from queries.sovereign_profile import NO_DATA, profiles
from queries.sovereignty import sovereignty
from queries.ties import Aspect, Tie, ties
from queries.timeline import timeline
from queries.view import View

__all__ = ["Brief", "Chart", "CitedRow", "Section", "brief"]

# Rows of a section and footnotes of a row: so that a dossier of anybody stays within four pages.
_ROWS: Final = 8
_NOTES: Final = 2
_BARS: Final = 8
_QUARTERS: Final = 8


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows; None stands for no data."""

    title: str
    values: Mapping[str, float | None]
    unit: str
    is_profile: bool = False  # shares in [0, 1] on several axes: a radar where it can be drawn


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A row of a section with the numbers of its footnotes."""

    cells: tuple[Cell, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a dossier."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[CitedRow, ...]
    remarks: tuple[str, ...]  # what must be said beside the rows, or why there are none
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A dossier, ready to be rendered: everything it rests on has been read."""

    name: str
    kind: str  # class in words
    lead: str
    about: tuple[str, ...]  # names, kinds, properties
    figures: Mapping[str, str]
    charts: tuple[Chart, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    caveats: tuple[str, ...]  # of the dossier as a whole
    filter: str
    query: str
    day: str  # of the newest article: what is written later is not in it

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"{self.name}: what is documented"


def brief(view: View, name: str) -> Brief:
    """The dossier of an entity.

    Parameters
    ----------
    view : View
        Best with every status and polarity (`Filter.everything()`): plans and endings are marked as such and never
        counted as actual, and disagreements need both sides.
    name : str

    Raises
    ------
    QueryError
        The name has several meanings.
    UnknownNameError
        Nothing goes by it.
    """
    entity = resolve(view, name)
    asked = view.entities[entity].iri
    polarities: tuple[Polarity, ...] = ("affirmed",)
    affirmed = view.narrowed(polarities=polarities) if "affirmed" in view.filter.polarities else view
    own = _of(affirmed, entity)
    notes = Footnotes(_NOTES)
    sections = [
        _section(notes, heading, answer, charts)
        for heading, answer, charts in (
            *_dependence_sections(own, entity),
            ("Alliances and partners", _alliances(own, asked), ()),
            ("Restrictions and rules", _ties(own, entity, "Restrictions and rules", _RULES), ()),
            ("Facilities", _ties(own, entity, "Facilities", _FACILITIES), ()),
            *_sovereignty(affirmed, entity),
            ("Timeline", _timeline(own, asked), ()),
            *_disagreements(_of(view, entity), asked),
        )
    ]
    claims = [s for s in view.claims() if entity in (s.subject, s.object)]
    days = sorted(a.published for a in view.articles if a.published and view.filter.admits_day(a.published))
    return Brief(
        name=view.name(entity),
        kind=class_words(view, entity),
        lead=_lead(own, entity),
        about=tuple(description(view, entity)),
        figures=_figures(view, entity, claims),
        charts=_attention(view, claims),
        sections=tuple(sections),
        notes=tuple(notes),
        caveats=_CAVEATS,
        filter=view.filter.describe(),
        query=f"brief({name!r})",
        day=days[-1] if days else "",
    )


def _of(view: View, entity: int) -> View:
    """The view without what says nothing of the entity, but with all places: what stands in a city is its country's."""
    own = tuple(s for s in view.statements if entity in (s.subject, s.object, s.concerns))
    places = tuple(s for s in view.statements if s.relation == "locatedIn" and entity not in (s.subject, s.object))
    return replace(view, statements=tuple(sorted({*own, *places}, key=lambda s: s.key))) if own else view


_CAVEATS: Final = (
    "Everything here is documented, no more: one documented supplier is not one supplier, and what no article of this "
    "collection says is missing, not absent.",
    "Sources are independent sources: near-copies count once, and so does one publisher. Attention of the press is not "
    "power.",
    "Planned and ended are marked as such; they are never added to what is actual. Curated facts are stated by a "
    "person from a public record.",
)
_GOODS_WORDS: Final = frozenset(label.lower() for label in GOODS)
_SAID_ONCE: Final = "documented dependences"
_RULES: Final = ("restricts", "is restricted by", "regulates", "is regulated by")
_FACILITIES: Final = ("holds the facility", "operates the facility", "owns the facility", "builds the facility")


def _section(notes: Footnotes, heading: str, answer: Answer, charts: Sequence[Chart]) -> Section:
    """The section of an answer; columns that no row fills are left out."""
    cited = [notes.cite(answer, row)[0] for row in answer.rows]
    places = [
        place for place in range(len(answer.columns)) if any(row.cells[place] not in ("", None) for row in answer.rows)
    ]
    return Section(
        heading=heading,
        columns=tuple(answer.columns[place] for place in places),
        rows=tuple(
            CitedRow(tuple(row.cells[place] for place in places), numbers)
            for row, numbers in zip(answer.rows, cited, strict=True)
        ),
        remarks=answer.caveats,
        charts=tuple(charts),
    )


def _trimmed(answer: Answer, names: Sequence[str]) -> Answer:
    """The answer with these columns alone, in their order, without what every dossier says of all its parts."""
    known = [column.name for column in answer.columns]
    places = [known.index(name) for name in names]
    return replace(
        answer,
        columns=tuple(replace(answer.columns[place], unit="") for place in places),
        rows=tuple(Row(tuple(row.cells[place] for place in places), row.statements) for row in answer.rows),
        caveats=tuple(caveat for caveat in answer.caveats if not caveat.startswith(_SAID_ONCE)),
    )


def _lead(view: View, entity: int) -> str:
    """One paragraph on what is actual: the numbers of the aspects, with the best documented names."""
    found = [tie for tie in ties(view, entity) if tie.status == "actual"]

    def listed(aspect: Aspect, what: str) -> str:
        own = [tie for tie in found if tie.aspect == aspect and _acts(view, tie)]
        own.sort(key=lambda tie: (-len(view.articles_behind(tie.statements)), view.name(tie.other)))
        if not own:
            return ""
        names = ", ".join(view.name(tie.other) for tie in own[:3])
        return f"{what} {names}" + (f" and {len(own) - 3} more" if len(own) > 3 else "")

    parts = (
        listed("depends on", "depends on"),
        listed("is depended on by", "is depended on by"),
        listed("is member of", "is a member of"),
        listed("partners with", "partners with"),
        listed("restricts", "restricts"),
        listed("is restricted by", "is restricted by"),
        listed("holds the facility", "holds"),
    )
    words = "; ".join(part for part in parts if part)
    name = view.name(entity)
    return f"As documented, {name} {words}." if words else f"No tie of {name} is documented as actual."


def _figures(view: View, entity: int, claims: Sequence[Statement]) -> dict[str, str]:
    articles = view.articles_behind(claims)
    days = sorted(article.published for article in articles if article.published)
    figures = {
        "articles that mention it": str(view.mentioning.get(entity, 0)),
        "claims": str(len(claims)),
        "articles with claims": str(len(articles)),
        "independent sources": str(view.independent_sources(claims)),
        "curated facts": str(sum(s.is_curated and entity in (s.subject, s.object) for s in view.statements)),
    }
    if entity in view.active:
        values = pagerank(view.igraph())
        own = values[view.entities[entity].iri]
        figures["rank by PageRank"] = f"{1 + sum(value > own for value in values.values())} of {len(values)}"
    if days:
        figures["published"] = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    return figures


def _attention(view: View, claims: Iterable[Statement]) -> tuple[Chart, ...]:
    """Articles with claims by quarter of publication, those without any among them."""
    quarters = Counter(_quarter(article.published) for article in view.articles_behind(claims) if article.published)
    if len(quarters) < 2:
        return ()
    first, last = min(quarters), max(quarters)
    every = [(n // 4, n % 4) for n in range(first[0] * 4 + first[1], last[0] * 4 + last[1] + 1)][-_QUARTERS:]
    values = {f"{year} Q{quarter + 1}": float(quarters[year, quarter]) for year, quarter in every}
    return (Chart("Articles that make claims about it, by quarter", values, "articles"),)


def _quarter(day: str) -> tuple[int, int]:
    read = date.fromisoformat(day)
    return read.year, (read.month - 1) // 3


_Part = tuple[str, Answer, tuple[Chart, ...]]


def _dependence_sections(view: View, entity: int) -> Iterable[_Part]:
    """What it depends on and what depends on it, seats and places left to the other sections."""
    name, asked = view.name(entity), view.entities[entity].iri
    kept_relations = [r.name for r in view.ontology.relations.values() if r.dependence and not is_jurisdiction(r)]
    asked_for = view.filter.relations
    bare = view.narrowed(relations=[r for r in kept_relations if not asked_for or r in asked_for])
    for direction, heading, aspect in (
        ("of", f"What {name} depends on", "depends on"),
        ("on", f"Who depends on {name}", "is depended on by"),
    ):
        answer = _best_first(dependencies(bare, asked, direction=direction))
        values = {
            view.name(tie.other): float(len(view.articles_behind(tie.statements)))
            for tie in ties(bare, entity)
            if tie.aspect == aspect and tie.status == "actual" and _acts(view, tie)
        }
        best = sorted((item for item in values.items() if item[1]), key=lambda item: (-item[1], item[0]))[:_BARS]
        chart = Chart(f"{heading}: articles that say so", dict(best), "articles")
        columns = ("chain", "for", "status", "origin", "claims", "sources")
        yield heading, _trimmed(answer, columns), (chart,) if len(best) > 2 and best[0][1] > 2 else ()


def _acts(view: View, tie: Tie) -> bool:
    """Whether the tie is of interest in itself: that a product depends on its maker goes without saying."""
    return tie.aspect != "is depended on by" or view.entities[tie.other].label not in GOODS


def _best_first(answer: Answer) -> Answer:
    """The first rows: what is actual, and of actors and facilities, before the rest; as ordered within each."""
    names = [column.name for column in answer.columns]
    status, kind = names.index("status"), names.index("class")

    def rank(row: Row) -> tuple[bool, bool]:
        return row.cells[kind] in _GOODS_WORDS and names[0] == "dependent", row.cells[status] != "actual"

    rows = sorted(answer.rows, key=rank)[:_ROWS]
    remarks = kept(len(rows), len(answer.rows), "dependences")
    return replace(answer, rows=tuple(rows), caveats=(*answer.caveats, *remarks))


def _alliances(view: View, asked: str) -> Answer:
    answer = alliances(view, asked)
    place = [column.name for column in answer.columns].index("articles")
    status = [column.name for column in answer.columns].index("status")
    ranked = sorted(answer.rows, key=lambda row: (row.cells[status] != "actual", -int(row.cells[place] or 0)))
    shown = replace(answer, rows=tuple(ranked[:_ROWS]))
    caveats = (*answer.caveats, *kept(len(shown.rows), len(ranked), "ties"))
    return _trimmed(
        replace(shown, caveats=caveats), ("relation", "with", "for", "status", "since", "until", "origin", "sources")
    )


def _ties(view: View, entity: int, title: str, aspects: Collection[Aspect]) -> Answer:
    found = [tie for tie in ties(view, entity) if tie.aspect in aspects]
    found.sort(key=lambda tie: (tie.status != "actual", -len(view.articles_behind(tie.statements))))
    rows = [
        Row(
            (
                tie.aspect,
                view.name(tie.other),
                concerns_words(view, tie.statements),
                tie.status,
                *support(view, tie.statements),
            ),
            tuple(s.key for s in tie.statements),
        )
        for tie in found[:_ROWS]
    ]
    answer = answer_from(
        view,
        title=title,
        columns=(Column("relation"), Column("with", "entity"), Column("for"), Column("status"), *SUPPORT),
        rows=rows,
        query="",
        caveats=kept(len(rows), len(found), "rows"),
        why_empty=f"none is documented of {view.name(entity)} under this filter",
    )
    return _trimmed(answer, ("relation", "with", "for", "status", "origin", "claims", "sources"))


def _sovereignty(view: View, entity: int) -> Iterable[_Part]:
    """The sovereignty of a country that has data in some layer."""
    asked = view.entities[entity].iri
    if view.entities[entity].label != "COUNTRY" or "actual" not in (view.filter.statuses or ("actual",)):
        return
    (profile,) = profiles(view, [asked])
    if not profile.trusted.with_data:
        return
    whole = sovereignty(view, [asked])
    known = [column.name for column in whole.columns].index("known")
    # The chart says which layers have no data.
    answer = replace(whole, rows=tuple(row for row in whole.rows if not str(row.cells[known]).startswith(NO_DATA)))
    chart = Chart(
        "Sovereignty by layer",
        dict(zip(LAYERS, (layer.share.trusted_share for layer in profile.layers), strict=True)),
        "domestic or allied share of documented dependence",
        is_profile=True,
    )
    columns = ("figure", "domestic", "domestic or allied", "known", "from abroad", "sources")
    yield "Sovereignty of compute", _trimmed(answer, columns), (chart,)


def _timeline(view: View, asked: str) -> Answer:
    answer = timeline(view, asked, limit=_ROWS)
    return _trimmed(answer, ("when", "what", "for", "status", "holds", "sources"))


def _disagreements(view: View, asked: str) -> Iterable[_Part]:
    """Where the view holds both sides: a filter that leaves one out finds no disagreement, which says nothing."""
    if {"actual", "ended"} <= set(view.filter.statuses or ("actual", "ended")) and len(view.filter.polarities) != 1:
        answer = disagreements(view, asked, limit=_ROWS // 2)
        # The words of the two sides are the footnotes.
        columns = ("subject", "relation", "object", "for", "disagreement", "sources of one", "sources of other")
        yield "Where sources disagree", _trimmed(answer, columns), ()
