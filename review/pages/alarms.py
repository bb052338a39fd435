"""The page of alarms: which stand, what to do about each, and which ended when."""

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from letters.alarm import AlarmState
from review.alarm_strip import alarm_strip
from review.cursors import ALARMS, PARAMETER, read_cut
from review.links import alarm_place, pager
from review.pages.page import TABLE_ROWS, page_response
from review.query_parameters import read_choice, read_limit, read_text
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive

_FRESH = timedelta(minutes=15)  # after which it is said when an alarm was last known to stand


class AlarmPages:
    """Answers people with what is wrong, and what was."""

    def __init__(self, archive: Archive, settings: ReviewSettings) -> None:
        self._archive = archive
        self._settings = settings

    def routes(self) -> list[Route]:
        """Return the page's route."""
        return [Route("/alarms", self.alarms)]

    def alarms(self, request: Request) -> Response:
        """Show the alarms that stand, then all of them, those that began last first."""
        limit, cut = read_limit(request, TABLE_ROWS), read_cut(request, ALARMS)
        source, state = read_text(request, "source"), read_choice(request, "state", AlarmState)
        with self._archive.reading() as connection:
            page = queries.alarm_page(connection, source, state, cut, limit)
            strip = alarm_strip(connection)
        is_first = not (source or state or request.query_params.get(PARAMETER))
        return page_response(
            request,
            "alarms.html",
            self._settings.timezone,
            alarms=page.rows,
            standing=strip if is_first else None,
            states=[each.value for each in AlarmState],
            sources=self._settings.sources,
            fresh_since=datetime.now(UTC) - _FRESH,
            pager=pager(request, ALARMS, page, alarm_place, None),
        )
