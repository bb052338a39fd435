"""Names of persons, recognised by the surname that they begin with."""

import re

from letters.text import HAN

# The surnames of nearly all Chinese (百家姓), without those that mostly begin other words.
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦"
    "马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元顾孟黄穆萧尹姚邵湛汪"
    "祁毛禹狄米贝明臧戴谈宋茅庞熊纪舒屈祝董梁杜阮蓝闵席季麻贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊"
    "胡凌霍虞万柯管卢莫房解应宗丁宣邓郁单洪包左石崔吉龚程邢裴陆荣翁甄曲家封储靳松井段富巫焦巴弓牧车"
    "侯全班仰秋仲宁仇栾祖武符刘景詹束龙叶司黎薄印白怀蒲邰索籍赖卓蔺屠蒙池乔阴胥苍双闻党翟谭贡姬"
    "申扶冉桑桂牛寿边燕冀尚农温庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾耿满匡寇广禄东欧沃利蔚越隆师"
    "巩聂敖冷訾辛那简饶曾沙丰巢关查游竺权盖益桓付肖闫涂代覃丘苟佘库岳帅缑况郗商佟牟仝展鹿谌邝揭卜宓"
    "晁腾仵楚兰鞠雍阙冼阚鄢旷滑蹇邸苑练娜隋逯皇戎窦苏寸刀文粟衣次才旦成"
)
_DOUBLE = (
    "欧阳|司马|上官|诸葛|东方|夏侯|皇甫|尉迟|公孙|慕容|长孙|宇文|司徒|令狐|端木|南宫|呼延|西门"
)
_NAME = re.compile(
    rf"(?:(?:{_DOUBLE})[{HAN}]{{1,2}}|[{_SURNAMES}][{HAN}]{{1,2}}|[{_SURNAMES}]{{2}}[{HAN}]{{2}}"
    rf"|[{HAN}]{{1,8}}(?:[·•・][{HAN}]{{1,8}}){{1,3}})"
)
# Words that begin like a name and are none: 严格审核, 常务会审定.
_NO_NAME = re.compile(
    r"安全|施工|盖章|金融|陆续|简要|方便|高效|严格|严肃|全体|全会|全面|高度|安排|明确|方案|程序|单位|项目|常务|常委|党组|党委|曾经|连续|关于|有关|"
    r"领导|班子|同意|同志|负责|主任|书记|局长|部长|处长|科长|处室|科室|部门|中心|[会委局厅办处科组室]$"
)


def is_person(text: str) -> bool:
    """Return whether `text`, without blanks, can only be the name of a person.

    >>> [is_person(name) for name in ("杨晓东", "欧阳春雷", "领导", "杨晓东副")]
    [True, True, False, False]
    """
    return bool(_NAME.fullmatch(text)) and not _NO_NAME.search(text)
