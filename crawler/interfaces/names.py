"""The names of interfaces, for who checks a configuration: it needs no parser of HTML."""

INTERFACE_NAMES = (
    *("jpaas", "jcms-dataproxy", "jcms-nextgroup", "ucap-search", "gkmlpt"),
    *("fujian", "truecms", "hefei", "zhangzhou"),
)
