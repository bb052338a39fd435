"""All phrases of pages and reports, in Chinese and in English."""

from typing import Final

from review.phrases.alarms import ALARMS
from review.phrases.alerts import ALERTS
from review.phrases.changes import CHANGES
from review.phrases.desk import DESK
from review.phrases.evidence import EVIDENCE
from review.phrases.frame import FRAME
from review.phrases.home import HOME
from review.phrases.letters import LETTERS
from review.phrases.pictures import PICTURES
from review.phrases.public_site import PUBLIC_SITE
from review.phrases.reports import REPORTS
from review.phrases.served import SERVED
from review.phrases.sources import SOURCES

# key: (Chinese, English). {names} are filled in by Translator.phrase.
PHRASES: Final[dict[str, tuple[str, str]]] = {
    **FRAME,
    **HOME,
    **CHANGES,
    **DESK,
    **LETTERS,
    **EVIDENCE,
    **SERVED,
    **REPORTS,
    **PUBLIC_SITE,
    **PICTURES,
    **SOURCES,
    **ALERTS,
    **ALARMS,
}
