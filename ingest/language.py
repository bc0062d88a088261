"""Which language a text is in, told by its script and its commonest words. No model."""

import re
from collections import Counter
from typing import Final

__all__ = ["LANGUAGES", "guess_language"]

LANGUAGES: Final = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}

_COMMON: Final = {
    "en": "the of and to in a that is was for it with as his on be at by have are this not but had from they which "
    "would has were their been will said its an or more also after than who",
    "fr": "le la les de des du et un une est que qui dans en pour pas sur au aux avec plus par ne se ce sont il elle "
    "ont été cette mais ou son ses leur nous vous d l qu",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war",
    "es": "el la los las de del y en que un una es se por con para no su al lo como más o pero sus ha fue este sobre "
    "entre cuando también muy sin hasta desde está son",
    "pt": "o a os as de do da dos das e em que um uma é se por com para não no na nos nas ao mais como mas foi seu sua "
    "são também pelo pela até isso já ou ser tem",
    "it": "il lo la gli le di del della dei delle e in che un una è si per con non da al alla nel nella più come ma "
    "anche sono ha i dal sul questo essere stato l",
    "nl": "de het een en van in te dat die is op voor met zijn niet aan er om ook als bij uit door over naar heeft "
    "werd maar hebben worden nog dan deze wordt tot",
    "sv": "och att det i en som på är av för med den till har inte om ett han men var jag sig från vi så kan när år "
    "säger under också efter eller nu där vid",
    "da": "og at det i en som på er af for med den til har ikke om et han men var jeg sig fra vi så kan når år siger "
    "under også efter eller nu der ved blev",
    "no": "og at det i en som på er av for med den til har ikke om et han men var jeg seg fra vi så kan når år sier "
    "under også etter eller nå der ved ble",
    "fi": "ja on ei se että oli hän mutta ovat kun niin myös joka jos kuin sen ole mukaan tai vain nyt sekä voi jo "
    "vuoden hänen mitä",
    "pl": "i w na z do nie się że to jest o jak po od za przez dla są oraz ale tym co który które tego był może już "
    "także jego przy",
    "cs": "a v na se je že to z do o s by pro jako i ale za od který jsou po jeho které nebo také už při byl bude k "
    "podle",
    "hu": "a az és hogy nem is egy ez de volt meg már csak mint még el azt után vagy szerint lesz mert van ki első "
    "kell",
    "ro": "și de în la a cu pe că nu din o pentru este care mai al un ca fi au sunt prin sau dar fost după acest într",
    "tr": "ve bir bu da de için ile olarak daha çok olan en gibi ne kadar sonra ise var ama olduğu tarafından ancak "
    "değil her yeni",
    "id": "yang dan di dari untuk dengan ini itu pada dalam tidak akan ke oleh adalah juga sebagai telah karena "
    "bahwa tersebut ada bisa atau lebih mereka",
    "vi": "và của là có trong được cho không với các một những người này đã khi để từ năm tại về đến cũng sẽ ra vào",
}
_PROFILES: Final = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_PERSIAN = re.compile("[پچژگ]")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
# A long article is judged by its beginning, middle and end: quotes in another language do not decide.
_SAMPLE = 4000
_FEWEST_WORDS = 15
_FEWEST_LETTERS = 20


def guess_language(text: str) -> str | None:
    """ISO 639-1 code of the language that most of `text` is in; None where too little of it tells.

    >>> guess_language("The ministry said that the plant would be built by the end of the year and not before.")
    'en'
    >>> guess_language("Nvidia H100") is None
    True
    """
    sample = _sampled(text)
    letters = len(_LETTER.findall(sample))
    if letters < _FEWEST_LETTERS:
        return None
    return _by_script(sample, letters) or _by_words(sample)


def _sampled(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]} {text[-_SAMPLE:]}"


def _by_script(sample: str, letters: int) -> str | None:
    counts = {language: len(pattern.findall(sample)) for language, pattern in _SCRIPTS}
    language = max(counts, key=lambda key: counts[key])
    if language == "zh" and counts["ja"] > letters / 20:
        return "ja"
    # Names in Latin letters abound in such texts, and Han says in one sign what takes several letters elsewhere.
    if counts[language] + (counts["zh"] if language == "ja" else 0) < letters * 0.4:
        return None
    if language == "ru" and len(_UKRAINIAN.findall(sample)) > letters / 50:
        return "uk"
    if language == "ar" and len(_PERSIAN.findall(sample)) > letters / 100:
        return "fa"
    return language


def _by_words(sample: str) -> str | None:
    # As written: "La Paz" and "Los Angeles" are no Spanish.
    words = Counter(_WORD.findall(sample))
    total = sum(words.values())
    if total < _FEWEST_WORDS:
        return None
    counts = {language: sum(words[word] for word in profile) for language, profile in _PROFILES.items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    distinct = sum(1 for word in _PROFILES[best] if word in words)
    # Lists of names and tables have next to no common words in any language, and single letters in many.
    if counts[best] < total * 0.12 or distinct < 4:
        return None
    return best if best == "en" or counts[best] >= 1.5 * counts["en"] else None
