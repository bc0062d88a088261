"""Questions that are understood, to offer beside one that is not."""

from collections.abc import Sequence
from typing import Final

from queries.ask.tokens import Token, tokenize

__all__ = ["EXAMPLES", "nearest_questions"]

# One of each kind and wording; {0} and {1} stand for names.
EXAMPLES: Final = (
    "Which countries depend on {0}?",
    "What does {0} depend on?",
    "Who does {0} depend on for chips?",
    "Why does {0} depend on {1}?",
    "Who supplies {0}?",
    "Whom does {0} supply?",
    "Who makes GPUs?",
    "What does {0} make?",
    "Who develops AI models?",
    "Which models has {0} released?",
    "Who builds data centers in {0}?",
    "What does {0} plan to build?",
    "Who operates {0}?",
    "Who owns {0}?",
    "What does {0} own?",
    "Who invested in {0}?",
    "When did {0} invest in {1}?",
    "Who are the members of {0}?",
    "Which alliances is {0} a member of?",
    "Who is allied with {0}?",
    "What do {0} and {1} have in common?",
    "Who competes with {0}?",
    "Who restricts {0}?",
    "What does {0} restrict?",
    "Who regulates {0}?",
    "Which laws has {0} adopted?",
    "Who heads {0}?",
    "Where is {0}?",
    "Which companies are based in {0}?",
    "Which data centers are planned in {0}?",
    "How many supercomputers are in {0}?",
    "Which firms are most central?",
    "Which country is the most dependent?",
    "What is the biggest choke point?",
    "What happens if {0} stops?",
    "What if {0} stops supplying {1}?",
    "How is {0} connected to {1}?",
    "How sovereign is the compute of {0}?",
    "Compare {0} and {1}",
    "What happened to {0} in 2025?",
    "Where do the sources disagree about {0}?",
    "What has {0} denied?",
    "Who no longer supplies {0}?",
    "Which articles mention {0}?",
    "What do we know about {0}?",
)
_FUNCTION_WORDS: Final = frozenset(
    {
        "who",
        "what",
        "which",
        "where",
        "how",
        "is",
        "are",
        "do",
        "does",
        "did",
        "has",
        "the",
        "a",
        "of",
        "in",
        "on",
        "to",
    }
)
_DEFAULTS: Final = ("TSMC", "Nvidia")
_COUNT = 3


def nearest_questions(tokens: Sequence[Token], names: Sequence[str]) -> tuple[str, ...]:
    """The examples that share most words with a question, with the names that it mentions in them.

    >>> nearest_questions(tokenize("Who first invested in the rivals of OpenAI?"), ["OpenAI"])[0]
    'Who invested in OpenAI?'
    """
    given = {token.key for token in tokens}
    telling = given - _FUNCTION_WORDS
    filled = [*names[:2], *(name for name in _DEFAULTS if name not in names[:1])][:2]

    def distance(example: str) -> tuple[int, int]:
        words = {token.key for token in tokenize(example.replace("{0}", "").replace("{1}", ""))}
        slots = ("{0}" in example) + ("{1}" in example)
        shared = 3 * len(words & telling) + len(words & given)
        return len(words - given) - shared, abs(slots - min(2, len(names)))

    best = sorted(EXAMPLES, key=distance)[:_COUNT]
    return tuple(example.format(*filled) for example in best)
