"""All sentences by their English: one table, written in several files."""

from typing import Final

from letters.fields import LETTER_FIELDS
from review.sentences.alarms import ALARMS
from review.sentences.alerts import ALERTS
from review.sentences.answers import ANSWERS
from review.sentences.archives import ARCHIVES
from review.sentences.command_help import COMMAND_HELP
from review.sentences.command_options import COMMAND_OPTIONS
from review.sentences.configuration import CONFIGURATION
from review.sentences.configuration_notes import CONFIGURATION_NOTES
from review.sentences.crawls import CRAWLS
from review.sentences.directories import DIRECTORIES
from review.sentences.file_texts import FILE_TEXTS
from review.sentences.interfaces import INTERFACES
from review.sentences.operation import OPERATION
from review.sentences.output import OUTPUT
from review.sentences.probing import PROBING
from review.sentences.requests import REQUESTS
from review.sentences.titles import TITLES
from review.sentences.watching import WATCHING
from review.sentences.weights import WEIGHTS

# English: Chinese. A field stands in both: {name} is shown as it is, {name:d} holds a number,
# {name:w} one word, {name:s} is a sentence of these tables itself.
SENTENCES: Final[dict[str, str]] = {
    **{each.name: each.chinese for each in LETTER_FIELDS},
    **COMMAND_HELP,
    **COMMAND_OPTIONS,
    **CONFIGURATION,
    **CONFIGURATION_NOTES,
    **TITLES,
    **OUTPUT,
    **PROBING,
    **OPERATION,
    **ARCHIVES,
    **ANSWERS,
    **DIRECTORIES,
    **INTERFACES,
    **FILE_TEXTS,
    **CRAWLS,
    **REQUESTS,
    **ALERTS,
    **ALARMS,
    **WATCHING,
    **WEIGHTS,
}
