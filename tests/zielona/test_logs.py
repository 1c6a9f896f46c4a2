"""Log lines are JSON, bear the id of their request and no text of an exception."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import Context, copy_context
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielona import logs

SAID = "mam na imię Zbigniew i pytam o zasiłek"


def line(message: str, *, fail: bool = False, **facts: Any) -> dict[str, Any]:
    """The log line of a record, read back."""
    exc_info = None
    if fail:
        try:
            raise ValueError(SAID)
        except ValueError:
            exc_info = sys.exc_info()
    record = logging.LogRecord("a.b", logging.ERROR, __file__, 1, message, (), exc_info)
    for name, value in logs.facts(**facts).items():
        setattr(record, name, value)
    found: dict[str, Any] = json.loads(logs.JsonFormatter("widget").format(record))
    return found


def test_a_line_says_when_where_and_what() -> None:
    found = Context().run(line, "request", status=200, view="chat.post_message")
    assert (found["service"], found["level"], found["message"], found["status"]) == ("widget", "error", "request", 200)
    assert found["at"].endswith("+00:00")
    assert "request_id" not in found


def test_an_exception_is_told_by_type_and_place_alone() -> None:
    found = line("failed", fail=True)
    assert found["exception"] == "ValueError"
    assert "test_logs.py" in found["frames"][-1]
    assert SAID not in json.dumps(found, ensure_ascii=False)


def test_what_rasa_tells_of_an_exception_is_left_out() -> None:
    error = {"exc_type": "KeyError", "exc_value": SAID, "frames": [{"locals": {"text": SAID}}]}
    told = {"event": "action failed", "user_message": SAID, "exception": [error]}
    found = line(json.dumps(told))
    assert (found["message"], found["exception"]) == ("action failed", "KeyError")
    assert "Zbigniew" not in json.dumps(found)


@pytest.mark.parametrize("given_id", ["abcdefgh", "A-b_c-12345", "f" * 64])
def test_the_id_of_a_caller_is_taken_over(given_id: str) -> None:
    assert copy_context().run(logs.begin_request, given_id) == given_id


@given(st.none() | st.text(max_size=80))
def test_any_other_id_is_replaced_by_one_that_fits_a_header(given_id: str | None) -> None:
    found = copy_context().run(logs.begin_request, given_id)
    assert found.isascii()
    assert 8 <= len(found) <= 64
    assert not set(found) & set("\r\n :")


def test_what_is_logged_after_an_id_was_taken_over_bears_it() -> None:
    def inside() -> dict[str, Any]:
        logs.begin_request("request-1")
        return line("request")

    assert copy_context().run(inside)["request_id"] == "request-1"
