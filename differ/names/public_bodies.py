"""Bodies by how they are called: ministries, offices, parties, schools, hospitals, firms."""

import re
from collections.abc import Iterable

from differ.lexicon.vocabulary import PLACES
from differ.tokens.tokenizer import Held, Shape


def _tree(words: Iterable[str]) -> str:
    """Return a form of all `words` that looks at each first character once."""
    firsts: dict[str, list[str]] = {}
    for word in sorted(words):
        firsts.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in firsts.items())


_BETWEEN = r"[^的了等将已是在对向把被给并及与由、，。；：！？（）()《》“”\s\d]"
# Between a bare place and what a body ends with: no word that tells what is done there.
_OWN = (
    r"(?:(?!建设|推进|推动|加快|支持|引进|设立|打造|新建|举办|开展|联合|各|全|所有|多家|和)"
    rf"{_BETWEEN})"
)
_MINISTRY = (
    r"(?:住房和?城乡建设|国家发展(?:和)?改革|国家卫生健康|工业和信息化|人力资源(?:和)?社会保障|"
    r"文化和旅游|农业农村|生态环境|自然资源|交通运输|应急管理|退役军人事务|科学技术|财政|教育|"
    r"商务|水利|民政|司法|公安|科技|审计|国防)(?:部(?!分|门|署|长)|委员会|委(?!员))"
)
_OFFICE = (
    rf"{_BETWEEN}{{1,12}}?"
    r"(?:委员会|办公室|委(?!员|托)|局(?!面|限(?![期时])|部(?!署)|势)|厅|办(?!理|法|公|学|好|事|复|结|起|了|过|完|妥)|"
    r"检察院|法院)(?:(?<=局)[一-龥]{2,4}?[总支]队)?"
)
_HOUSE = rf"{_OWN}{{0,10}}?(?:海关(?!总)|(?:监|管理|税务|海事|邮政)局)"
_ZONE = (
    r"(?:(?:(?:两江|天府|浦东|滨海|雄安|贵安|西咸|高)新|高新|经开|综保|保税港)区"
    r"(?:管委会|管理委员会))"
)
_LEVELLED = (
    r"[市省区县](?:人民)?政府(?!间|办|[^\W会同和与及由]{1,6}(?:局|委(?!员)|办(?![理法公学好事复结])))"
    r"|[市区县州](?:管委会|管理委员会)|[镇乡](?:人民)?政府|[镇乡]党委|街道(?:办事处|党工委|办)(?![理法公学好事复结])"
    r"|村(?:村民委员会|委会|支部|两委)|社区(?:居民委员会|居委会|党支部)"
    rf"|[市省区县州旗](?!场|级|政协|人大|委员|民(?!政)|里|内|长|外|区|域|际){_OFFICE}"
    r"|[市省区县]委(?!员|托)"
)
_PARTY = (
    r"(?:民[革盟](?!命)|民建(?![议房设筑造材])|民进(?![入行一城出步])|农工党|致公党|九三学社|台盟)"
    rf"(?<![农居人村市公国移牧渔便惠利军]民[革盟建进])"
    rf"(?:(?:{_tree(PLACES)}|[市省区县])?[市省区县]?委(?:员会|会)?(?!员|托))?"
)
_BANKERS = r"(?:中国)?(?:银保监|证监|银监|保监)(?:会|局)"
_FIRSTS = "".join(sorted({place[0] for place in PLACES}))
_BODY = re.compile(
    rf"(?=[市省区县州旗镇乡街村社{_FIRSTS}国中全住工人文农生自交应退科财教商水民司公审西东华两浦滨雄高经综保致九台银证])"
    rf"(?:{_MINISTRY}|{_ZONE}|(?:国家|国务院|中国|中共|全国){_OFFICE}|{_LEVELLED}"
    rf"|(?:{_tree(PLACES)})(?:{_ZONE}|{_LEVELLED}|{_HOUSE})"
    rf"|(?:西[南北部]|东北|华[东南中北]|中央){_HOUSE}"
    rf"|国务院|中共中央|{_PARTY}|{_BANKERS})"
)


def known_bodies(text: str, start: int, end: int) -> list[Held]:
    """Return the bodies named between `start` and `end`, by how Chinese bodies are called.

    >>> known_bodies("由市交通局牵头", 0, 7)[0][:2]
    (1, 5)
    """
    return [(found.start(), found.end(), Shape.BODY) for found in _BODY.finditer(text, start, end)]


def is_known_body(text: str) -> bool:
    """Tell whether `text` is the whole name of one body.

    >>> is_known_body("市交通局"), is_known_body("市交通局牵头")
    (True, False)
    """
    return any(held[:2] == (0, len(text)) for held in known_bodies(text, 0, len(text)))
