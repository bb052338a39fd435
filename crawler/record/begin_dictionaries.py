"""Makes the first letter of a source, and its page, the dictionaries for the others."""

from crawler.record.crawl_state import CrawlContext
from crawler.visit import Visit
from storage.database.archive import Archive
from storage.facts.dictionaries import Purpose, add_dictionary, raw_dictionary
from storage.schema.letter_codec import letter_bytes


def begin_dictionaries(archive: Archive, crawl: CrawlContext, visit: Visit) -> None:
    """Make dictionaries of a letter that is about to be recorded, where its source has none.

    In a transaction of its own: the visit's may be taken back, and what is packed with them
    may not be left without.
    """
    if crawl.tally.dictionaries or visit.letter is None or visit.snapshot is None:
        return
    if visit.letter.digest() == visit.address.digest:
        return  # nothing of it will be stored
    source = crawl.source
    made = (
        raw_dictionary(source, Purpose.PAGES, visit.snapshot.body),
        raw_dictionary(source, Purpose.LETTERS, letter_bytes(visit.letter)),
    )
    with archive.writing() as connection:
        for each in made:
            add_dictionary(connection, each)
    crawl.tally.dictionaries = {each.purpose: each.name for each in made}
