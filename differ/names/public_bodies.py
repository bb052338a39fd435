"""Finds public bodies (单位) by how they are called: ministries, offices, governments, parties."""

import re
from collections.abc import Iterable

from differ.lexicon.alternatives import Alternative, one_of, plain_words
from differ.lexicon.vocabulary import PLACES
from differ.tokens.token import TokenKind, TokenSpan
from letters.text import HAN


def _by_first_character(words: Iterable[str]) -> str:
    """Return a pattern of all `words` that tries each first character once."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words):
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


_KNOWN_PLACE = f"(?:{_by_first_character(PLACES)})"
_INNER = r"[^的了等将已是在对向把被给并及与由、，。；：！？（）()《》“”\s\d]"
# Between a bare place and the end of a body's name: no word that says what is done there.
_INNER_BEHIND_PLACE = (
    r"(?:(?!建设|推进|推动|加快|支持|引进|设立|打造|新建|举办|开展|联合|各|全|所有|多家|和)"
    rf"{_INNER})"
)
_NO_OFFICE = "(?![理法公学好事复结])"  # behind 办: 办理, 办法

MINISTRIES = (
    Alternative("住房和?城乡建设", "|住房和城乡建设|部"),
    Alternative("国家发展(?:和)?改革", "|国家发展改革|委"),
    *plain_words("国家卫生健康 工业和信息化"),
    Alternative("人力资源(?:和)?社会保障", "|人力资源社会保障|部"),
    *plain_words("文化和旅游 农业农村 生态环境 自然资源 交通运输 应急管理 退役军人事务 科学技术"),
    *plain_words("财政 教育 商务 水利 民政 司法 公安 科技 审计 国防"),
)
_MINISTRY = f"(?:{one_of(MINISTRIES)})(?:部(?!分|门|署|长)|委员会|委(?!员))"

OFFICE_ENDS = (  # what the name of an office ends with
    Alternative("委员会", "体育运动|委员会|"),
    Alternative("办公室", "扶贫开发|办公室|"),
    Alternative("委(?!员|托)", "发展改革|委|"),
    Alternative("局(?!面|限(?![期时])|部(?!署)|势)", "水利|局|"),
    Alternative("厅", "财政|厅|"),
    Alternative("办(?!理|法|公|学|好|事|复|结|起|了|过|完|妥)", "扶贫|办|"),
    Alternative("检察院", "人民|检察院|"),
    Alternative("法院", "人民|法院|"),
)
_OFFICE = rf"{_INNER}{{1,12}}?(?:{one_of(OFFICE_ENDS)})(?:(?<=局)[{HAN}]{{2,4}}?[总支]队)?"
_CENTRAL_OFFICE = (
    rf"{_INNER_BEHIND_PLACE}{{0,10}}?(?:海关(?!总)|(?:监|管理|税务|海事|邮政)局)"  # 重庆海关
)
_ZONE = (
    r"(?:(?:(?:两江|天府|浦东|滨海|雄安|贵安|西咸|高)新|高新|经开|综保|保税港)区"
    r"(?:管委会|管理委员会))"
)
# Bodies of a place that is a province, a city, a county, a town or a village.
LOCAL_BODIES = (
    Alternative(
        r"[市省区县](?:人民)?政府"
        r"(?!间|办|[^\W会同和与及由]{1,6}(?:局|委(?!员)|办(?![理法公学好事复结])))",
        "请|市人民政府|批准",
    ),
    Alternative("[市区县州](?:管委会|管理委员会)", "开发|区管委会|负责"),
    Alternative("[镇乡](?:人民)?政府", "柳林|镇政府|负责"),
    Alternative("[镇乡]党委", "柳林|镇党委|研究"),
    Alternative(f"街道(?:办事处|党工委|办){_NO_OFFICE}", "青枫|街道办事处|负责"),
    Alternative("村(?:村民委员会|委会|支部|两委)", "柳树|村委会|负责"),
    Alternative("社区(?:居民委员会|居委会|党支部)", "青枫|社区居委会|负责"),
    Alternative(
        r"[市省区县州旗](?!场|级|政协|人大|委员|民(?!政)|里|内|长|外|区|域|际)" + _OFFICE,
        "由|市交通局|牵头",
    ),
    Alternative("[市省区县]委(?!员|托)", "请|市委|研究"),
)
_LOCAL_BODY = one_of(LOCAL_BODIES)
PARTIES = (  # 民主党派; 农民建房 and 农民进城 name none
    Alternative("民[革盟](?!命)", "|民盟|市委"),
    Alternative("民建(?![议房设筑造材])", "|民建|市委"),
    Alternative("民进(?![入行一城出步])", "|民进|市委"),
    *plain_words("农工党 致公党 九三学社 台盟"),
)
_PARTY = (
    rf"(?:{one_of(PARTIES)})(?<![农居人村市公国移牧渔便惠利军]民[革盟建进])"
    rf"(?:(?:{_KNOWN_PLACE}|[市省区县])?[市省区县]?委(?:员会|会)?(?!员|托))?"
)
PUBLIC_BODIES = (
    Alternative(_MINISTRY, "经|财政部|同意"),
    Alternative(_ZONE, "由|两江新区管委会|负责"),
    Alternative(f"(?:国家|国务院|中国|中共|全国){_OFFICE}", "经|国家能源局|同意"),
    *LOCAL_BODIES,
    Alternative(
        f"{_KNOWN_PLACE}(?:{_ZONE}|{_LOCAL_BODY}|{_CENTRAL_OFFICE})", "经|重庆市政府|同意"
    ),
    Alternative(
        f"(?:西[南北部]|东北|华[东南中北]|中央){_CENTRAL_OFFICE}", "经|华东民航管理局|同意"
    ),
    *plain_words("国务院 中共中央"),
    Alternative(_PARTY, "由|民建重庆市委|提出"),
    Alternative("(?:中国)?(?:银保监|证监|银监|保监)(?:会|局)", "经|中国证监会|同意"),
)
_FIRST = (
    "市省区县州旗镇乡街村社"
    + "".join(sorted({place[0] for place in PLACES}))
    + "国中全住工人文农生自交应退科财教商水民司公审西东华两浦滨雄高经综保致九台银证"
)
# 经商州财政局 is 商 州财政局: who was heard comes behind 经商, seldom a body of 商州.
_NO_VERB = "(?!(?<=[经并])商(?![洛丘务]))"
_BODY = re.compile(f"(?=[{_FIRST}]){_NO_VERB}(?:{one_of(PUBLIC_BODIES)})")


def public_bodies(text: str, start: int, end: int) -> list[TokenSpan]:
    """Return the public bodies named between `start` and `end`.

    >>> public_bodies("由市交通局牵头", 0, 7)[0][:2]
    (1, 5)
    """
    return [
        (body.start(), body.end(), TokenKind.BODY) for body in _BODY.finditer(text, start, end)
    ]


def is_public_body(text: str) -> bool:
    """Return whether `text` is the whole name of one public body.

    >>> is_public_body("市交通局"), is_public_body("市交通局牵头")
    (True, False)
    """
    return any(body[:2] == (0, len(text)) for body in public_bodies(text, 0, len(text)))
