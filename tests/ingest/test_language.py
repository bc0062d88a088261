import pytest

from ingest.language import LANGUAGES, guess_language

SAMPLES = {
    "en": "The minister said that the company would build the plant in the north of the country by the end of 2027.",
    "fr": "Le ministre a dit que l'entreprise va construire une usine dans le nord du pays avant la fin de 2027.",
    "de": "Der Minister sagte, dass das Unternehmen bis Ende 2027 ein Werk im Norden des Landes bauen wird.",
    "es": "El ministro dijo que la empresa va a construir una planta en el norte del país antes del fin de 2027.",
    "pt": "O ministro disse que a empresa vai construir uma fábrica no norte do país até o fim de 2027 e não antes.",
    "it": "Il ministro ha detto che la società costruirà una fabbrica nel nord del paese entro la fine del 2027.",
    "nl": "De minister zei dat het bedrijf voor het einde van 2027 een fabriek in het noorden van het land zal bouwen.",
    "sv": "Ministern sade att företaget ska bygga en fabrik i norra delen av landet och att det är klart till 2027.",
    "pl": "Minister powiedział, że firma zbuduje fabrykę na północy kraju do końca 2027 roku i nie jest to wszystko.",
    "tr": "Bakan, şirketin ülkenin kuzeyinde bir fabrika kuracağını ve bunun 2027 için çok önemli olduğunu da söyledi.",
    "id": "Menteri itu mengatakan bahwa perusahaan akan membangun pabrik di utara negara ini dan itu tidak dekat.",
    "vi": "Bộ trưởng nói rằng công ty này sẽ xây dựng một nhà máy ở phía bắc của đất nước vào năm 2027.",
    "ru": "Министр сообщил, что компания построит завод на севере страны до конца 2027 года.",
    "uk": "Міністр повідомив, що компанія збудує завод на півночі країни до кінця 2027 року.",
    "zh": "部长表示,该公司将在2027年底前在该国北部建设一座工厂,生产先进的人工智能芯片。",
    "ja": "大臣は、同社が2027年末までに国の北部に工場を建設すると述べた。計画はまだ決まっていない。",
    "ko": "장관은 회사가 2027년 말까지 북부 지역에 공장을 건설할 것이라고 말했다. 계획은 아직 정해지지 않았다.",
    "ar": "قال الوزير إن الشركة ستبني مصنعا في شمال البلاد قبل نهاية عام 2027.",
    "fa": "وزیر گفت که این شرکت تا پایان سال یک کارخانه در شمال کشور خواهد ساخت و پروژه بزرگی است.",
    "hi": "मंत्री ने कहा कि कंपनी 2027 के अंत तक देश के उत्तर में एक कारखाना बनाएगी।",
    "el": "Ο υπουργός είπε ότι η εταιρεία θα χτίσει ένα εργοστάσιο στα βόρεια της χώρας έως το 2027.",
    "he": "השר אמר כי החברה תבנה מפעל בצפון המדינה עד סוף השנה הבאה.",
    "th": "รัฐมนตรีกล่าวว่าบริษัทจะสร้างโรงงานทางตอนเหนือของประเทศภายในสิ้นปีหน้า",
}


@pytest.mark.parametrize("language, text", SAMPLES.items(), ids=SAMPLES)
def test_language_is_told(language: str, text: str) -> None:
    assert guess_language(text) == language
    assert language in LANGUAGES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nvidia H100",
        "TSMC | 60%\n\nSamsung | 12%\n\nSMIC | 5%",
        "Los Angeles, La Paz, El Paso, San José, Las Vegas, Den Haag, Le Havre, Rio de Janeiro, Le Mans, El Salvador",
    ],
)
def test_too_little_to_tell(text: str) -> None:
    assert guess_language(text) is None


def test_quotes_in_other_languages_do_not_decide() -> None:
    assert guess_language(f"{SAMPLES['en']} {SAMPLES['en']} 「{SAMPLES['zh'][:20]}」 {SAMPLES['fr']}") == "en"
    assert guess_language(SAMPLES["en"] * 300 + SAMPLES["de"] * 20) == "en"
