"""Words of a text as names are compared: folded for case, accents and spelling, with offsets.

spaCy's tokens keep `U.S.-China` whole and cut `data-center` in three. Names are found on these words instead:
hyphens between letters part words and are no words of their own, so one alias covers `data center` and `data-center`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

__all__ = ["Words", "fold", "segment", "split_words", "words_of"]

ABBREVIATIONS = "Inc|Corp|Ltd|Co|Mr|Mrs|Ms|Dr|St|Gen|Sen|Gov|Rep|Prof|Jr|Sr|No|Lt|Col|Hon|Mt|Ft|Bros"
_SENTENCE_WORDS = r"(?:The|A|An|In|It|Its|But|And|That|This|He|She|They|We|If|At|On|For|As|Then|No|What|Not|By|To)\b"
# An initialism with its periods; an abbreviation or initial with its period; a number; a possessive ending;
# a word, inner points, ampersands and apostrophes kept; any other mark alone.
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|(?:{ABBREVIATIONS})\.|(?<![\w-])[A-Z]\.(?=\s(?!{_SENTENCE_WORDS})[A-Z])|\d+(?:[.,]\d+)*\w*\+*|['’][sS]\b"
    r"|[^\W_]+(?:(?:[.&]|['’](?![sS]\b))[^\W_]+)*\+*|[^\w\s]|_"
)
_HYPHENS = frozenset("-‑‐‒–")
_SPELLINGS = {
    "aluminium": "aluminum",
    "artefact": "artifact",
    "centre": "center",
    "centres": "centers",
    "datacenter": "datacenter",
    "datacentre": "datacenter",
    "datacentres": "datacenters",
    "defence": "defense",
    "fibre": "fiber",
    "fibres": "fibers",
    "labour": "labor",
    "licence": "license",
    "licences": "licenses",
    "licencing": "licensing",
    "metre": "meter",
    "metres": "meters",
    "nanometre": "nanometer",
    "nanometres": "nanometers",
    "programme": "program",
    "programmes": "programs",
    "theatre": "theater",
}


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Key of one word: no case, accents, points or apostrophes; American spelling.

    >>> fold("U.S."), fold("Centre"), fold("Türkiye"), fold("localisation")
    ('us', 'center', 'turkiye', 'localization')
    """
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    key = "".join(c for c in decomposed if c.isalnum() or c in "&+") or word
    if key in _SPELLINGS:
        return _SPELLINGS[key]
    if "isation" in key and not key.startswith("improvis"):
        return key.replace("isation", "ization")
    return key


def split_words(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the words and punctuation marks of `text`; a hyphen between letters or digits is left out."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        if (
            text[start] in _HYPHENS
            and start > 0
            and end < len(text)
            and text[start - 1].isalnum()
            and text[end].isalnum()
        ):
            continue
        yield start, end


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, as parallel columns."""

    text: str
    starts: list[int]
    ends: list[int]
    raw: list[str]
    keys: list[str]
    opens: list[bool]  # whether the word opens a sentence, a quotation, a line or a heading

    def __len__(self) -> int:
        return len(self.raw)

    def surface(self, first: int, last: int) -> str:
        """Text from word `first` up to, and without, word `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def segment(doc: Doc) -> Words:
    """Split the text of `doc`; its sentence bounds must have been set."""
    return words_of(doc.text, frozenset(sentence.start_char for sentence in doc.sents))


def words_of(text: str, sentence_starts: frozenset[int] = frozenset()) -> Words:
    """Split `text`, whose sentences start at the given offsets; without any, punctuation alone tells what opens."""
    spans = list(split_words(text))
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    raw = [text[start:end] for start, end in spans]
    opens = [
        index == 0 or start in sentence_starts or raw[index - 1] in _OPENERS or "\n" in text[ends[index - 1] : start]
        for index, start in enumerate(starts)
    ]
    return Words(text, starts, ends, raw, [fold(word) for word in raw], opens)


_OPENERS = frozenset('“"‘.!?:;•')
