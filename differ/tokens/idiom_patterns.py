"""Set phrases with a numeral in them that count nothing: 四个意识, 八项规定. Each is one token."""

from differ.lexicon.alternatives import Alternative, one_of, plain_words

_SUM = "上近数约达过几余超资额〇零一二三四五六七八九十两百千亿"  # 投资千万工程款 is a sum

IDIOMS = (
    *plain_words(
        "四个意识 四个自信 四个伟大 四个最严 两个维护 两个确立 两个大局 两个务必 三个务必 "
        "两个毫不动摇 两个一百年 三个区分开来 五个一工程 八项规定 百千万工程"
    ),
    Alternative("两个结合(?![部点处])", "坚持|两个结合|，"),
    Alternative("四个全面(?![完建实推覆开])", "落实|四个全面|要求"),
    Alternative("三个代表(?![团队处性小分])", "贯彻|三个代表|重要思想"),
    Alternative(rf"(?<![\d{_SUM}])千万工程(?![款量费])", "学习|千万工程|经验"),
)
IDIOM = one_of(IDIOMS)
