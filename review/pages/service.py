"""The pages of the service itself: each source, what is new, past crawls."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from review.chart import first_day
from review.cursors import CRAWLS, read_cut
from review.kept_answers import KeptAnswers, MadeAnswer, made_answer, packed_response
from review.links import crawl_place, pager
from review.pages.home_values import home_values, shown_state
from review.pages.page import TABLE_ROWS, html_response, page_html, page_key, page_response
from review.query_parameters import read_limit, read_sources, read_text
from review.settings import ReviewSettings, ServiceState
from storage import queries
from storage.database.archive import Archive


class ServicePages:
    """Answers people with how the service is, and what it saw last."""

    def __init__(self, archive: Archive, settings: ReviewSettings, service: ServiceState) -> None:
        self._archive = archive
        self._settings = settings
        self._service = service
        self._kept = KeptAnswers(archive)

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [Route("/", self.home), Route("/crawls", self.crawls)]

    def home(self, request: Request) -> Response:
        """Show each source, how many changes each day brought, and the newest changes."""
        shown = read_sources(request, self._settings.sources)
        now = datetime.now(UTC)
        state = shown_state(self._service, shown)
        today = first_day(now, self._settings.timezone)

        def make() -> MadeAnswer:
            values = home_values(self._archive, self._settings, shown, now) | state
            html = page_html(request, "home.html", self._settings.timezone, **values)
            return made_answer(html)

        answer = self._kept.get(page_key(request), (shown, today, state), make)
        return packed_response(request, html_response(request, answer.body), answer)

    def crawls(self, request: Request) -> Response:
        """Show past crawls with the pages that got no verdict."""
        limit, cut = read_limit(request, TABLE_ROWS), read_cut(request, CRAWLS)
        source = read_text(request, "source")
        with self._archive.reading() as connection:
            page = queries.crawl_page(connection, source, cut, limit)
        return page_response(
            request,
            "crawls.html",
            self._settings.timezone,
            crawls=page.rows,
            sources=self._settings.sources,
            pager=pager(request, CRAWLS, page, crawl_place, None),
        )
