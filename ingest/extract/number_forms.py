"""The words and patterns of numbers, amounts of money and dates in English: data for amounts.py and periods.py."""

import re
from collections.abc import Iterable

__all__ = [
    "BARE_NUMBER", "CODES", "CURRENCY_WORDS", "DATE", "DAY", "FRACTIONS", "MONEY", "MONTH", "MONTHS", "NUMBER",
    "NUMBER_WORDS", "PLAIN_NUMBER", "SCALES", "SHORT_SCALE", "SYMBOLS", "UNIT_NOUN", "WORD_SCALE", "YEAR", "any_of",
]  # fmt: skip


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


PEOPLE = ("people", "staff", "women", "men", "personnel")
SMALL_NUMBERS = {
    word: value
    for value, word in enumerate(
        _listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(_listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
NUMBER_WORDS = {**SMALL_NUMBERS, **TENS}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
    "t": 1_000_000_000_000,
}
FRACTIONS = ("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "tenth", "twentieth")
SYMBOLS = {
    "US$": "USD", "$US": "USD", "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "T$": "TWD", "R$": "BRL", "RM": "MYR", "RMB": "CNY", "NIS": "ILS",
    "Rs": "INR", "Rs.": "INR", "Rp": "IDR", "Ksh": "KES", "Ksh.": "KES", "KSh": "KES", "SKr": "SEK", "NKr": "NOK",
    "DKr": "DKK", "SFr": "CHF", "Fr": "CHF", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW",
    "₪": "ILS", "₽": "RUB", "₺": "TRY", "₫": "VND", "₦": "NGN", "₴": "UAH", "฿": "THB", "₱": "PHP",
}  # fmt: skip
CODES = _listed(
    "USD EUR GBP JPY CNY KRW INR AUD CAD NZD SGD HKD TWD BRL MYR ILS IDR KES SEK NOK DKK CHF RUB TRY VND NGN UAH THB "
    "PHP PLN CZK HUF RON ZAR MXN ARS CLP COP AED SAR QAR KWD EGP PKR BDT KZT"
)
CURRENCY_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "pounds sterling": "GBP", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "won": "KRW", "rupee": "INR", "real": "BRL", "reais": "BRL", "ringgit": "MYR", "shekel": "ILS",
    "rouble": "RUB", "ruble": "RUB", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "franc": "CHF",
    "zloty": "PLN", "zlotys": "PLN", "lira": "TRY", "rand": "ZAR", "naira": "NGN", "shilling": "KES", "dirham": "AED",
    "riyal": "SAR", "baht": "THB", "dong": "VND", "rupiah": "IDR", "tenge": "KZT", "hryvnia": "UAH", "cent": "USD",
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "January Jan",
            "February Feb",
            "March Mar",
            "April Apr",
            "May",
            "June Jun",
            "July Jul",
            "August Aug",
            "September Sept Sep",
            "October Oct",
            "November Nov",
            "December Dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def any_of(words: Iterable[str]) -> str:
    """Alternation of literal words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


NUMBER = r"\d{1,3}(?:[,\u00a0\u202f]\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RANGE = rf"(?:{NUMBER})(?:\s?(?:-|–|to|and)\s?(?:{NUMBER})(?=\s?(?:%|per\s?cent|[-\s]?[A-Za-z])))?"
WORD_SCALE = "hundred|thousand|million|billion|trillion|lakh crore|lakh|crores|crore"
SHORT_SCALE = "mn|bn|tn|k|m|b|t|M|B|T|Bn|Tr|tr"
SCALE = rf"(?:[\s-]?(?:{WORD_SCALE}|Million|Billion|Trillion)|\s?(?:{SHORT_SCALE}))\b"
_TEEN_UP = any_of(word for word, value in NUMBER_WORDS.items() if value > 10)
IN_WORDS = rf"(?:(?:{any_of(TENS)})[-\s](?:{any_of(list(SMALL_NUMBERS)[1:10])})|{any_of(NUMBER_WORDS)})"
BIG_IN_WORDS = (
    rf"(?:(?:{any_of(TENS)})-(?:{any_of(list(SMALL_NUMBERS)[1:10])})|{_TEEN_UP})(?:\s(?:{WORD_SCALE}))*"
    rf"|(?:{IN_WORDS}|half\sa|an?|several)(?:\s(?:{WORD_SCALE}))+"
)
_HEAPS = r"(?:(?:tens|dozens|hundreds|thousands)\sof\s)?(?:hundreds|thousands|millions|billions|trillions|dozens)"
_CURRENCY = rf"(?:US\s|U\.S\.\s|American\s|Canadian\s|Australian\s|Singapore\s)?(?:{any_of(CURRENCY_WORDS)})s?\b"
MONEY = "|".join(
    (
        rf"(?:US\s)?(?:{any_of(SYMBOLS)}|{any_of(CODES)})\s?(?:{NUMBER})(?:[–-](?:{NUMBER}))?(?:{SCALE})?"
        r"(?:\s(?:USD|US dollars)\b)?",
        rf"(?:{NUMBER})(?:{SCALE})?[\s-](?:(?:{any_of(CODES)})\b|{_CURRENCY})",
        rf"(?:{BIG_IN_WORDS}|{IN_WORDS}(?:\sand\sa\shalf)?(?:\s(?:{WORD_SCALE}))*|{WORD_SCALE})\s{_CURRENCY}",
        rf"{_HEAPS}\sof\s{_CURRENCY}",
    )
)

YEAR = r"(?:19|20)\d\d"
MONTH = rf"(?:{any_of(name for name in MONTHS if name != 'May')})\b\.?|May"
_LONG_MONTH = rf"(?:{any_of(name for name in MONTHS if len(name) > 4 or name in ('June', 'July'))})\b"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_UNIT_OF_TIME = r"(?:year|month|week|day|decade|hour|minute|quarter)"
_PART = (
    r"(?:(?:end|start|beginning|middle)\sof|(?:first|second)\shalf\sof"
    r"|(?:first|second|third|fourth|final|last)[\s-]quarter\sof|early(?:\sin)?|late|mid"
    r"|(?:spring|summer|autumn|fall|winter)(?:\sof)?|end)"
)
_CALENDAR = "|".join(
    (
        rf"{DAY}\s(?:of\s)?(?:{MONTH})(?:,?\s{YEAR})?",
        rf"(?:{MONTH})\s{DAY}(?:,?\s{YEAR})?\b(?!\s?(?:%|percent|{WORD_SCALE}))",
        rf"(?:{MONTH}),?\s{YEAR}",
        rf"(?:{_LONG_MONTH})(?:\squarter\b)?",
        rf"(?:FY|fiscal\s(?:year\s)?){YEAR}(?:[–-]\d\d)?|FY\d\d",
        rf"Q[1-4](?:\s{YEAR})?",
        rf"{YEAR}s",
        rf"{YEAR}(?:\s?[-–/]\s?(?:{YEAR}|\d\d)\b)?",
    )
)
_RELATIVE = (
    r"(?:[Tt]his|[Ll]ast|[Nn]ext|[Tt]hat)\s(?:fiscal\s|academic\s|past\s)?"
    rf"(?:year|month|week|quarter|decade|spring|summer|autumn|fall|winter|night|{MONTH}|{any_of(WEEKDAYS)})"
)
DATE = "|".join(
    (
        rf"[Bb]y\s(?:the\s)?{_PART}[\s-](?:the\s)?(?:{_CALENDAR}|{_RELATIVE}|May|year|month|decade|century)\b",
        rf"{_PART}[\s-](?:the\s)?(?:{_CALENDAR}|{_RELATIVE}|May|year|month|decade|century)\b",
        r"(?:first|second|third|fourth|final)[\s-]quarter",
        rf"(?:[Bb]y\s)?(?:{_CALENDAR})",
        r"(?<=\b[Ii]n\s)May|(?<=[Ss]ince\s)May|(?<=until\s)May|[Bb]y\sMay\b(?!\s[a-z])",
        rf"(?:[Bb]y\s)?{_RELATIVE}|[Bb]y\s(?:year-end|(?:spring|summer|autumn)\b)|(?i:yesterday)",
        rf"{any_of(WEEKDAYS)}",
        rf"(?:(?:last|next|past|coming)\s)?(?:{NUMBER}|(?!one\sday)(?i:{IN_WORDS}))"
        rf"(?:\s(?:to|or)\s(?:{NUMBER}|{IN_WORDS}))?[\s-]{_UNIT_OF_TIME}s?\b(?!-old)",
        rf"(?:next|last|past|recent|coming|previous|preceding)\s{_UNIT_OF_TIME}s?",
        r"annually",
    )
)

_PERCENT = r"(?:%|percent\b|per\scent\b)"
_POWER = r"(?:[kMGT]W(?:h|p)?|[kmMGT]w|(?:kilo|mega|giga|tera)watt(?:-hour)?s?)"
_UNITS = (
    rf"(?:{_POWER}|GHz|[kMGTPE]i?B(?:/s)?|[kMGT]bit/s|(?:[Pp]eta|[Ee]xa|[Tt]era)(?:FLOPS?|flops?|bytes?)|[PE]FLOPS?|POPS|TOPS|parameters|tokens"
    r"|(?:giga|tera|mega)bits\sper\ssecond|[GT]bps|(?:metric\s)?tonn?e?s?|kilograms?|kg|acres?|hectares?"
    r"|(?:square\s|cubic\s)?(?:kilo)?met(?:er|re)s?|(?:square\s)?(?:miles?|f(?:oo|ee)t|km)|sq\.?\s?(?:ft|m|km)\.?|sqm"
    r"|lit(?:er|re)s?|gallons?|barrels?|(?:basis\s|percentage\s)?points?|hours?|(?:peta|tera|giga|exa)bytes?"
    r"|times|people|staff|layers|qubits)"
)
_FUNCTION_WORDS = (
    "of|in|on|at|to|for|from|by|with|and|or|the|a|an|its|their|his|her|our|than|as|is|are|was|were|be|been|will|would|has"
    "|have|had|that|which|who|but|this|these|those|into|per|over|under|after|before|across|between|within|without|if|when"
    "|while|where|so|not|no|only|about|against|during|since|until|through|up|down|out|off|away|each|every|all|both|more"
)
MODIFIER = rf"(?:(?!(?:{_FUNCTION_WORDS}|years?|months?|weeks?|days?|hours?)\b)(?:[A-Za-z][a-z-]+|AI))"
NOT_UNITS = (
    r"(?!(?:is|was|has|as|its|this|does|others|his|hers|us|versus|plus|across|towards|always|perhaps|less|thus)\b)"
)
_FRACTION = any_of(word for word in FRACTIONS if word != "half")
PLAIN_NUMBER = "|".join(
    (
        rf"{_RANGE}\s?{_PERCENT}",
        rf"(?i:{IN_WORDS})\s{_PERCENT}",
        rf"{_RANGE}(?:{SCALE})?[\s-]?{_UNITS}\b(?:\s\([kMGT]W\)|\sper\s(?:second|minute|hour|day|year)|/[a-z]+)?",
        rf"(?:{IN_WORDS}|a|an)[\s-](?:kilo|mega|giga|tera)watts?(?:-hours?)?",
        rf"(?:{_RANGE})[\s-]?(?:fold|odd)\b",
        rf"(?:(?:[Aa]|one)\s(?!quarter)|(?<=\b[Aa]\s)(?=quarter))(?:{_FRACTION})(?=\sof\b|[.,;])",
        rf"(?i:two|three|four|nine)[\s-](?:{_FRACTION})s\b",
        r"(?<!first\s)(?<!second\s)(?<!last\s)[Hh]alf(?=\s(?:of|the|its|their|all|a)\b|[.,;])(?!\s(?:of\s)?(?:19|20)\d\d)"
        r"(?!\sof\s(?:this|next|last)\s(?:year|decade))",
    )
)
# A bare number from ten up; where a capital letter stands before it, it is part of a name (`Section 232`).
BARE_NUMBER = (
    rf"(?i:{BIG_IN_WORDS})|(?:{NUMBER})[\s-](?:{WORD_SCALE})\b"
    rf"|(?<![A-Z]\w[\s-])(?<!\w\w\w\w[-])(?!\d(?![\d,.]))(?:{NUMBER})(?!\w|-|\s?nm\b|[\s-]nanomet|[.,:/]\d)"
)
# The noun that a number counts, with up to two words before it: `600 construction jobs`.
UNIT_NOUN = (
    rf"(?:\s(?:more|{MODIFIER}(?:\sand\s{MODIFIER})?)){{0,2}}?\s{NOT_UNITS}"
    rf"(?:[A-Za-z]?[a-z]+[a-rt-z]s|{any_of(PEOPLE)})\b"
)
