"""Persons by what is around their names: 赵小华委员, 市长胡衡华指出."""

import re

from differ.lexicon.alternatives import Alternative, one_of
from letters.text import HAN

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐"
    "费薛雷贺倪汤罗毕郝安常傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江颜郭梅林"
    "钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房丁邓洪包左石崔龚程裴陆翁段侯武刘龙叶黎白蒲易廖耿匡文曾关肖谭冉欧"
)
_SURNAME = (
    rf"(?:欧阳|上官|诸葛|司马|(?!(?<=[感致答])谢)[{SURNAMES}])(?!常务|任何|万名|高级|高校|各)"
)
_GIVEN = rf"(?:(?![委市区县省镇乡党副总局部])[{HAN}·])"
_ROLES = (
    r"(?:常务)?副?(?:委员(?!会)|代表(?!大会|团|性|作|处)|同志|主任(?!委)|局长|厅长|部长|先生|女士|"
    r"教授|院士|书记(?!处)|校长|院长)"
)
# The posts before a name, by length: a lookbehind has one width.
_POSTS = (
    "(?<=主任|书记|局长|厅长|部长|区长|县长|市长|省长|院士|教授|校长|院长|会长|主席|代表|委员|组长)"
    "|(?<=负责人|联系人|董事长|总经理)"
    "|(?<=人[：:])"
)
_AFTER = (
    r"(?=$|[^\w\s]|\s|同志|率|带队|参|出席|主持|主要|指出|强调|介绍|表示|担任|牵头|负责|分管|审|到|赴|等|"
    r"[与和及同在对为任说作就向的是曾已将])"
)
PERSONS = (
    Alternative(rf"{_SURNAME}{_GIVEN}{{1,2}}?(?={_ROLES})", "感谢|赵小华|委员"),
    Alternative(rf"(?:{_POSTS}){_SURNAME}{_GIVEN}{{1,2}}?{_AFTER}", "市长|胡衡华|指出"),
)
FOREIGN_PERSONS = (
    Alternative(rf"(?<![{HAN}])[{HAN}]{{2,6}}·[{HAN}]{{2,6}}(?={_ROLES})", "（|买买提·艾山|委员"),
)
PERSON = f"(?=[{SURNAMES}上诸司])(?:{one_of(PERSONS)})"
FOREIGN_PERSON = one_of(FOREIGN_PERSONS)
_NAMED_PERSON = re.compile(f"{PERSON}|{FOREIGN_PERSON}")


def is_person(text: str, start: int, end: int) -> bool:
    """Return whether a person is named just there, by what is around.

    >>> is_person("赵小华委员", 0, 3), is_person("赵小华先锋", 0, 3)
    (True, False)
    >>> is_person("市长胡衡华指出", 2, 5)
    True
    """
    name = _NAMED_PERSON.match(text, start)
    return name is not None and name.end() == end
