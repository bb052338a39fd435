"""Keeps the requests of interfaces and forms that gave a directory's rows, with the answers."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from crawler.directory.walk_result import AskedPage
from storage.facts.entries import AskedFact
from storage.facts.evidence import lock_evidence, store_evidence


def keep_asked(connection: Connection, asked: Sequence[AskedPage]) -> AskedFact | None:
    """Keep requests and answers; return what the ledger keeps of them, None where none were made.

    The requests are one piece of evidence, JSON in their order, each with the sha256 of its
    answer, which is another: so that a third person can ask again and compare.
    """
    if not asked:
        return None
    lock_evidence(connection)
    answers = [store_evidence(connection, each.answer.body) for each in asked]
    told = [_request(each, sha256) for each, sha256 in zip(asked, answers, strict=True)]
    packed = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return AskedFact(store_evidence(connection, packed), tuple(answers))


def _request(each: AskedPage, sha256: str) -> dict[str, Any]:
    """Return a request and what is kept of its answer, as JSON holds them."""
    request, answer = each.request, each.answer
    redirected = {"answer_url": answer.final_url} if answer.final_url != request.url else {}
    return {
        "method": request.method,
        "url": request.url,
        "body": request.body,
        "headers": dict(request.headers),
        "asked_at": answer.asked_at and answer.asked_at.isoformat(),
        "answered_at": answer.fetched_at.isoformat(),
        "status": answer.status,
        "answer_headers": dict(answer.headers),
        "answer": sha256,
        **redirected,
    }
