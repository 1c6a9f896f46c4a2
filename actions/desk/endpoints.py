"""The addresses of the desk on the action server: only for who knows the secret that the services share."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from actions.desk.calculators import calculate, schemas
from actions.desk.offices import offices_for
from actions.reasoning import InputError
from knowledge_base.content.store import Content

SECRET_HEADER = "X-Zielona-Secret"  # noqa: S105 - the name of a header
_LONGEST_QUESTION = 200
Answer = tuple[Any, int]


def list_calculators() -> Answer:
    return schemas(), 200


def run_calculator(body: Any, content: Content) -> Answer:
    """`{"calculator", "values"}`: the result, or 422 with the field to correct."""
    name = body.get("calculator") if isinstance(body, dict) else None
    if not isinstance(name, str):
        return {"error": "no calculator is named"}, 400
    try:
        return calculate(name, body.get("values"), content), 200
    except KeyError:
        return {"error": "unknown calculator"}, 404
    except InputError as error:
        return {"field": error.field, "message": str(error)}, 422


def find_offices(body: Any) -> Answer:
    """`{"text"}`: offices that fit."""
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or not text.strip():
        return {"error": "the text is empty"}, 400
    return offices_for(text[:_LONGEST_QUESTION]), 200


def add_desk(app: Any, json: Callable[..., Any], *, secret: str, content: Callable[[], Content]) -> None:
    """Add the addresses to the Sanic application `app`; `json` makes its answers."""

    def guarded(view: Callable[[Any], Answer]) -> Callable[[Any], Any]:
        @wraps(view)
        async def answer(request: Any) -> Any:
            given = request.headers.get(SECRET_HEADER, "")
            if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
                return json({"error": "wrong secret"}, status=403)
            body, status = view(request)
            return json(body, status=status)

        return answer

    def calculators(_: Any) -> Answer:
        return list_calculators()

    def calculation(request: Any) -> Answer:
        return run_calculator(request.json, content())

    def offices(request: Any) -> Answer:
        return find_offices(request.json)

    app.add_route(guarded(calculators), "/desk/calculators", methods=["GET"])
    app.add_route(guarded(calculation), "/desk/calculate", methods=["POST"])
    app.add_route(guarded(offices), "/desk/offices", methods=["POST"])
