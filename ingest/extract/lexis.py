"""Word classes and verb forms of English, from lexis.toml: what the shallow parse knows of words that are no names."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Lexis", "VerbForm", "inflect", "load_lexis", "singular"]

_FILE = Path(__file__).with_name("lexis.toml")
_VOWELS = "aeiou"
_IRREGULAR_PLURALS = {
    "men": "man",
    "women": "woman",
    "people": "people",
    "children": "child",
    "indices": "index",
    "matrices": "matrix",
    "analyses": "analysis",
    "bases": "base",
    "crises": "crisis",
    "criteria": "criterion",
    "countries": "country",
    "data": "data",
    "media": "media",
    "series": "series",
    "species": "species",
    "headquarters": "headquarters",
    "means": "means",
    "news": "news",
    "buses": "bus",
    "lenses": "lens",
    "gases": "gas",
    "ties": "tie",
    "leaves": "leaf",
    "halves": "half",
    "movies": "movie",
}


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One reading of a word as a verb. `form` is base, s, past, participle or ing; past covers equal participles."""

    lemma: str
    form: str


@dataclass(frozen=True)
class Lexis:
    """What is known of words; all keys are lower case."""

    classes: Mapping[str, str]  # word -> determiner, pronoun, preposition, modal, be, have, do, relative, ...
    verbs: Mapping[str, VerbForm]
    ambiguous: frozenset[str]  # verb lemmas whose base and -s forms are nouns as well
    groups: Mapping[
        str, frozenset[str]
    ]  # future, refusal, ending, object_control, saying, transparent, carrier, negation


def inflect(lemma: str, *, doubles: bool = False) -> dict[str, str]:
    """Forms of a regular verb.

    >>> inflect("supply")
    {'base': 'supply', 's': 'supplies', 'past': 'supplied', 'ing': 'supplying'}
    >>> inflect("ship")["past"], inflect("fuel", doubles=True)["past"], inflect("reach")["s"]
    ('shipped', 'fuelled', 'reaches')
    """
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return {"base": lemma, "s": lemma[:-1] + "ies", "past": lemma[:-1] + "ied", "ing": lemma + "ing"}
    s = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if lemma.endswith("ie"):
        return {"base": lemma, "s": s, "past": lemma + "d", "ing": lemma[:-2] + "ying"}
    if lemma.endswith("ee"):
        return {"base": lemma, "s": s, "past": lemma + "d", "ing": lemma + "ing"}
    if lemma.endswith("e"):
        return {"base": lemma, "s": s, "past": lemma + "d", "ing": lemma[:-1] + "ing"}
    stem = lemma + lemma[-1] if doubles or _is_short(lemma) else lemma
    return {"base": lemma, "s": s, "past": stem + "ed", "ing": stem + "ing"}


def _is_short(lemma: str) -> bool:
    """Whether the word is one syllable that ends in a single vowel and a single consonant, as `ship`."""
    vowels = sum(c in _VOWELS for c in lemma)
    return vowels == 1 and len(lemma) > 2 and lemma[-2] in _VOWELS and lemma[-1] not in _VOWELS + "wxy"


@cache
def singular(word: str) -> str:
    """Singular of a lower-case noun, by rule.

    >>> singular("factories"), singular("chips"), singular("fuses"), singular("process"), singular("chassis")
    ('factory', 'chip', 'fuse', 'process', 'chassis')
    """
    if word in _IRREGULAR_PLURALS:
        return _IRREGULAR_PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _verb_forms(regular: Iterable[str], irregular: str, doubling: frozenset[str]) -> dict[str, VerbForm]:
    verbs: dict[str, VerbForm] = {}
    for lemma in regular:
        for form, word in inflect(lemma).items():
            verbs.setdefault(word, VerbForm(lemma, form))
        if lemma in doubling:
            for form, word in inflect(lemma, doubles=True).items():
                verbs.setdefault(word, VerbForm(lemma, form))
    for entry in irregular.replace("\n", "|").split("|"):
        if not entry.strip():
            continue
        lemma, past, participle = entry.split()
        forms = inflect(lemma)
        # `put`, `cut` and the like: the bare word is read as the past, which the context can overrule.
        for word, form in (
            (forms["s"], "s"),
            (forms["ing"], "ing"),
            (participle, "participle"),
            (past, "past"),
            (lemma, "base"),
        ):
            verbs[word] = VerbForm(lemma, form)
    return verbs


@cache
def load_lexis(path: Path = _FILE) -> Lexis:
    """Read the word lists; a word that stands in several classes belongs to the first."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = {name: tuple(words.split()) for name, words in data["classes"].items()}
    kinds = (
        "modal", "be", "have", "do", "relative", "determiner", "pronoun", "conjunction", "subordinator",
        "preposition", "adverb",
    )  # fmt: skip
    classes: dict[str, str] = {}
    for kind in kinds:
        for word in lists[kind]:
            classes.setdefault(word, kind)
    verbs = data["verbs"]
    regular = sorted(set(verbs["regular"].split()) | set(verbs["doubling"].split()))
    return Lexis(
        classes=classes,
        verbs=_verb_forms(regular, verbs["irregular"], frozenset(verbs["doubling"].split())),
        ambiguous=frozenset(verbs["ambiguous"].split()),
        groups={name: frozenset(words) for name, words in lists.items() if name not in kinds},
    )
