"""Persons as letters name them: before their post, or after it."""

import re
from collections.abc import Iterator

from differ.lexicon.vocabulary import is_word
from letters import persons
from letters.text import squashed

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐"
    "费薛雷贺倪汤罗毕郝安常傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江颜郭梅林"
    "钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房丁邓洪包左石崔龚程裴陆翁段侯武刘龙叶黎白蒲易廖耿匡文曾关肖谭冉欧"
)
_SURNAME = (
    rf"(?:欧阳|上官|诸葛|司马|(?!(?<=[感致答])谢)[{SURNAMES}])(?!常务|任何|万名|高级|高校|各)"
)
_GIVEN = r"(?:(?![委市区县省镇乡党副总局部])[一-龥·])"
_ROLES = (
    r"(?:常务)?副?(?:委员(?!会)|代表(?!大会|团|性|作|处)|同志|主任(?!委)|局长|厅长|部长|先生|女士|"
    r"教授|院士|书记(?!处)|校长|院长)"
)
# The posts that stand before a name, by length: a look back has one width.
_POSTS = (
    "(?<=主任|书记|局长|厅长|部长|区长|县长|市长|省长|院士|教授|校长|院长|会长|主席|代表|委员|组长)"
    "|(?<=负责人|联系人|董事长|总经理)"
    "|(?<=人[：:])"
)
_AFTER = (
    r"(?=$|[^\w\s]|\s|同志|率|带队|参|出席|主持|主要|指出|强调|介绍|表示|担任|牵头|负责|分管|审|到|赴|等|"
    r"[与和及同在对为任说作就向的是曾已将])"
)
PERSON = (
    rf"(?=[{SURNAMES}上诸司])"
    rf"(?:{_SURNAME}{_GIVEN}{{1,2}}?(?={_ROLES})|(?:{_POSTS}){_SURNAME}{_GIVEN}{{1,2}}?{_AFTER})"
)
FOREIGN = rf"(?<![一-龥])[一-龥]{{2,6}}·[一-龥]{{2,6}}(?={_ROLES})"
# Whose name follows: who signed a letter, who approved it, who answers for it, whom to ask.
_DOES = (
    "签发|审签|审核|审批|审定|复核|核稿|核发|校核|校对|拟稿|起草|承办|经办|批准|签字|签署"
    "|签名|签批|把关"
)
_HOLDS = "局长|主任|书记|处长|科长|部长|院长|校长|镇长|乡长|区长|县长|市长"
_LEADS = "分管|主管|主要|签发|审签|审核|责任|协管|牵头|单位"
_LABEL = re.compile(
    r"(?=[签审复核校拟把起承经批负责分主协牵单联电方副局书处科部院镇乡区县市])"
    rf"(?:(?P<someone>(?:(?:{_DOES}|负责|责任|联系)人员?|(?:{_LEADS})(?:领导|负责人|责任人))"
    rf"(?:及(?:联系)?(?:电话|方式))?|(?:分管|主管|协管)?副?(?:{_HOLDS}))|(?:{_DOES})(?:领导|同志)?|(?:联系)?(?:电话|方式))"
    r"(?:[（(][一-龥]{1,4}[)）])?(?: ?[：:] ?| |\t)"
)
_WORD = re.compile(r"[一-龥](?: [一-龥]){1,3}(?![一-龥])|[一-龥·]{2,12}")
_JOINT = re.compile(r" ?[、，,/ ] ?")
_POST = re.compile("[长任记员席理师志导]$")
_OFFICE = re.compile(r"[局委厅办科室处院所站队会司部中心镇乡道村任长记员席理师志导府]$")
_NAME_SIZES = (4, 3, 2)
_LONGEST_LABEL = 12
_FORM = re.compile(f"{PERSON}|{FOREIGN}")


def is_person(text: str, start: int, end: int) -> bool:
    """Tell whether a person is named just there, by what stands around.

    >>> is_person("赵小华委员", 0, 3), is_person("赵小华先锋", 0, 3)
    (True, False)
    >>> is_person("市长胡衡华指出", 2, 5)
    True
    """
    found = _FORM.match(text, start)
    return found is not None and found.end() == end


def persons_named(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where persons are named behind a label: who signed, who approved, whom to ask.

    >>> [*persons_named("领导签发：赵小民", 0, 8)]
    [(5, 8)]
    >>> [*persons_named("联系人及电话：甲局李大海 65741234", 0, 21)]
    [(9, 12)]
    """
    for label in _LABEL.finditer(text, max(start - _LONGEST_LABEL, 0), end):
        at: int | None = label.end()
        while at is not None and (word := _WORD.match(text, at, end)):
            name = _name_in(word, sure=bool(label["someone"]))
            if name:
                yield name
            joint = _JOINT.match(text, word.end(), end)
            at = joint.end() if joint and (name or _OFFICE.search(word[0])) else None


def _name_in(word: re.Match[str], *, sure: bool) -> tuple[int, int] | None:
    """Return where a name ends `word`, alone or behind an office or a post; None: nowhere."""
    name = squashed(word[0])
    if persons.is_person(name) or (sure and len(name) in _NAME_SIZES[1:] and not is_word(name)):
        return word.span()
    for before in (_POST, _OFFICE):  # 副局长孙明 is 孙明, not 长孙明
        for size in _NAME_SIZES:
            if persons.is_person(name[-size:]) and before.search(name[:-size]):
                return word.end() - size, word.end()
    return None
