"""The public API described as OpenAPI 3.1; a test compares it with the routes and with real answers."""

from __future__ import annotations

from typing import Any

from knowledge_base.content.topics import AUDIENCES, MESSAGE_TYPES
from widget.chat.outcomes import Outcome
from widget.chat.ratings import REASONS, RESULTS
from widget.chat.tokens import SECRET_HEADER
from widget.console.live.models import CONSULTANT, NOTICE, NOTICES
from widget.console.live.models import STATES as STATES_OF_LIVE
from widget.languages.catalogue import NAMES
from widget.tickets.models import KINDS, STATES
from widget.tickets.offers import TITLES
from widget.tickets.requests import FIELDS, OFFER_FIELDS, SENDABLE

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_TOKEN: list[dict[str, list[str]]] = [{"token": []}]
_CONVERSATION = {
    "name": "conversation",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
_EXPLAINED = {
    "name": SECRET_HEADER,
    "in": "header",
    "description": "wspólny klucz usług (`ZL_SECRET`): każda wiadomość ma wtedy pole `trace`",
    "schema": {"type": "string"},
}

_TICKETS = "/api/v1/conversations/{conversation}/tickets"


def _object(required: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problems(*statuses: int) -> dict[str, Any]:
    return {str(status): {"description": "Odmowa z wyjaśnieniem", "content": _PROBLEM} for status in statuses}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _reference(name)}


_TEXT = {"type": "string"}
_OPTIONAL = {"type": ["string", "null"]}
_WORDS = {"type": "object", "additionalProperties": _TEXT, "description": "napisy według polskich"}
_COLOUR = {"type": "string", "pattern": "^#[0-9a-f]{6}$"}
_DATE = {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "format": "date-time"}
_OPTIONAL_MOMENT = {"type": ["string", "null"], "format": "date-time"}
_OPTIONAL_DATE = {"type": ["string", "null"], "format": "date"}

SCHEMAS: dict[str, Any] = {
    "Button": _object(
        ["title", "payload"],
        {
            "title": _TEXT,
            "payload": _TEXT,
            "translation": {"type": "string", "description": "napis w języku osoby, która pyta"},
        },
    ),
    "Translation": _object(["language", "text"], {"language": {"enum": list(NAMES)}, "text": _TEXT}),
    "OwnData": _object(
        ["id", "created_at", "updated_at", "kept_until", "partner", "rating", "turns", "consultants"],
        {
            "id": {"type": "string", "format": "uuid"},
            "created_at": {"type": "string", "format": "date-time"},
            "updated_at": {"type": "string", "format": "date-time"},
            "kept_until": {"type": ["string", "null"], "format": "date-time"},
            "partner": _OPTIONAL,
            "rating": _OPTIONAL,
            "consultants": {**_list("LiveMessage"), "description": "co w tej rozmowie napisali konsultanci"},
            "turns": {
                "type": "array",
                "items": _object(
                    ["text", "created_at", "answers"],
                    {
                        "text": _TEXT,
                        "created_at": {"type": "string", "format": "date-time"},
                        "answers": {
                            "type": "array",
                            "items": _object(
                                ["text", "topic", "rating"], {"text": _TEXT, "topic": _OPTIONAL, "rating": _OPTIONAL}
                            ),
                        },
                    },
                ),
            },
        },
    ),
    "Source": _object(
        ["act", "article", "title", "url", "valid_from", "valid_to", "checked_on"],
        {
            "act": {"type": "string", "examples": ["DU/2025/620"]},
            "act_name": {"type": "string", "examples": ["Kodeks pracy"]},
            "article": {
                "type": "string",
                "examples": ["art. 55 ust. 1"],
                "description": "puste, gdy znany jest na razie tylko akt; wtedy „verified” to false",
            },
            "title": _TEXT,
            "url": {"type": "string", "format": "uri"},
            "valid_from": _DATE,
            "valid_to": _OPTIONAL_DATE,
            "checked_on": _DATE,
            "verified": {
                "type": "boolean",
                "description": "false: przepisu jeszcze nie sprawdzono ze źródłem, mimo daty w „checked_on”",
            },
            "text_date": _OPTIONAL_DATE,
        },
    ),
    "Message": _object(
        ["id", "type", "text", "buttons", "sources", "topic", "confidence"],
        {
            "id": _TEXT,
            "type": {"enum": list(MESSAGE_TYPES)},
            "text": _TEXT,
            "buttons": _list("Button"),
            "sources": _list("Source"),
            "topic": {"type": ["string", "null"]},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "form": {"anyOf": [_reference("ContactForm"), {"type": "null"}]},
            "checklist": {"anyOf": [_reference("Checklist"), {"type": "null"}]},
            "translation": _reference("Translation"),
            "trace": _reference("Trace"),
        },
    ),
    # Why the answer came about; only for who holds the secret of the services.
    "Trace": _object(
        [],
        {
            "content": _OPTIONAL,
            "index": _OPTIONAL,
            "intent": {"type": "string", "description": "temat, na który odpowiedziano"},
            "ranking": {"type": "array", "description": "pary: temat i prawdopodobieństwo"},
            "reading": {"type": ["object", "null"], "description": "jak odczytano wiadomość: cechy, bliskie przykłady"},
            "probability": {"type": ["number", "null"], "description": "że pierwszy znaleziony fragment jest właściwy"},
            "passages": {"type": "array", "description": "pary: fragment i ocena"},
            "features": {"type": "array", "description": "cechy tych fragmentów"},
        },
    ),
    "ContactForm": _object(
        ["kind", "open", "question", "topic", "draft", "county"],
        {
            "kind": {"enum": list(SENDABLE)},
            "open": {"type": "boolean", "description": "czy pokazać formularz od razu, a nie dopiero po przycisku"},
            "question": {"type": "string", "description": "czym zacząć treść"},
            "topic": _OPTIONAL,
            "draft": {"type": ["string", "null"], "description": "szkic oferty pracy, którą formularz kończy"},
            "county": {"type": ["string", "null"], "description": "powiat, od którego formularz zaczyna"},
            "live": {"type": "boolean", "description": "czy można poczekać na konsultanta w tej rozmowie"},
        },
    ),
    "Checklist": _object(["title", "lines"], {"title": _TEXT, "lines": {"type": "array", "items": _TEXT}}),
    "Ticket": _object(
        ["reference", "kind", "kind_name", "state", "state_name", "created_at", "due_at", "due_text"],
        {
            "reference": {"type": "string", "examples": ["ZL-26-7K3P9Q"]},
            "kind": {"enum": list(KINDS)}, "kind_name": _TEXT,
            "state": {"enum": list(STATES)}, "state_name": _TEXT,
            "created_at": _MOMENT, "due_at": _OPTIONAL_MOMENT, "due_text": _OPTIONAL,
        },
    ),
    "JobOffer": _object(
        ["reference", "sent_at", "office", "contact", "offer"],
        {
            "reference": _TEXT,
            "sent_at": _MOMENT,
            "office": {"anyOf": [_object(["id", "name"], {"id": _TEXT, "name": _TEXT}), {"type": "null"}]},
            "contact": _object(["email", "phone"], {"email": _OPTIONAL, "phone": _OPTIONAL}),
            "offer": {"type": "object", "required": list(TITLES)},
        },
    ),
    "Contact": _object(
        [
            "open", "opens_at", "opens_text", "due_at", "due_text", "consent", "offer_consent", "consent_language",
            "privacy_url",
        ],
        {
            "open": {"type": "boolean"}, "opens_at": _MOMENT, "opens_text": _TEXT, "due_at": _MOMENT,
            "due_text": _TEXT, "consent": _TEXT, "offer_consent": _TEXT,
            "consent_language": {"enum": list(NAMES)}, "privacy_url": _TEXT,
        },
    ),
    "Counties": _object(
        ["voivodeships"],
        {
            "voivodeships": {
                "type": "array",
                "items": _object(
                    ["voivodeship", "counties"],
                    {
                        "voivodeship": _TEXT,
                        "counties": {
                            "type": "array",
                            "items": _object(["code", "title"], {"code": _TEXT, "title": _TEXT}),
                        },
                    },
                ),
            }
        },
    ),
    "Conversation": _object(
        ["id", "token", "messages"],
        {"id": {"type": "string", "format": "uuid"}, "token": _TEXT, "stored": {"type": "boolean"},
         "messages": _list("Message")},
    ),
    "Answer": _object(
        ["text", "masked", "messages", "outcome", "stored", "notice"],
        {"text": {"type": "string", "description": "wiadomość tak, jak ją zapisano"},
         "masked": {"type": "boolean", "description": "czy ukryto dane osobowe"}, "messages": _list("Message"),
         "outcome": {"enum": [outcome.value for outcome in Outcome]}, "stored": {"type": "boolean"},
         "notice": {"anyOf": [_reference("Notice"), {"type": "null"}]}},
    ),
    "Notice": _object(["language", "text", "offer"], {"language": _TEXT, "text": _TEXT, "offer": _TEXT}),
    "History": _object(
        ["greeting", "turns", "live"],
        {
            "greeting": _reference("Message"),
            "live": _object(["open", "messages"], {"open": {"type": "boolean"}, "messages": _list("LiveMessage")}),
            "turns": {
                "type": "array",
                "items": _object(
                    ["text", "messages"],
                    {"text": _TEXT, "client_id": _TEXT, "created_at": {"type": "string", "format": "date-time"},
                     "messages": _list("Message")},
                ),
            },
        },
    ),
    "LiveMessage": _object(
        ["id", "who", "name", "text", "created_at"],
        {
            "id": {"type": "integer"},
            "who": {"enum": [CONSULTANT, NOTICE]},
            "name": {"type": "string", "description": "imię konsultanta"},
            "text": {"type": "string", "description": f"wypowiedź, a przy zdarzeniu: {', '.join(NOTICES)}"},
            "created_at": _MOMENT,
        },
    ),
    "LiveStanding": _object(
        ["state", "position", "waited_seconds", "consultant", "consultants", "open", "messages"],
        {
            "state": {"enum": ["none", "lost", *STATES_OF_LIVE]},
            "position": {"type": ["integer", "null"]},
            "waited_seconds": {"type": ["integer", "null"]},
            "consultant": _OPTIONAL,
            "consultants": {"type": "integer", "description": "ilu konsultantów jest teraz przy czacie"},
            "open": {"type": "boolean", "description": "czy są godziny pracy"},
            "messages": _list("LiveMessage"),
        },
    ),
    "Passage": _object(
        ["id", "title", "text", "score", "source"],
        {"id": _TEXT, "title": _TEXT, "text": _TEXT, "score": {"type": "number"}, "verified": {"type": "boolean"},
         "source": _reference("Source")},
    ),
    "Found": _object(
        ["query", "on", "index", "decision", "probability", "results"],
        {
            "query": _TEXT,
            "on": _DATE,
            "index": _TEXT,
            "decision": {"enum": ["answer", "choices", "unknown"]},
            "probability": {"type": "number", "minimum": 0, "maximum": 1},
            "results": _list("Passage"),
            "official": _list("OfficialText"),
        },
    ),
    "OfficialText": _object(
        ["id", "kind", "title", "text", "score", "source"],
        {"id": {"type": "string", "examples": ["DU/2025/620/art_55/ust_1"]}, "kind": {"const": "official"},
         "title": _TEXT, "text": _TEXT, "score": {"type": "number"}, "source": _reference("Source")},
    ),
    "WidgetConfiguration": _object(
        ["language", "languages", "words", "site", "name", "office", "theme", "module", "message_limit", "hotline",
         "contact_form", "statement", "suggestions", "retention_days", "consultants"],
        {
            "language": {"enum": list(NAMES)},
            "languages": {"type": "object", "additionalProperties": _TEXT},
            "words": _WORDS,
            "site": _OPTIONAL, "name": _OPTIONAL, "office": _OPTIONAL,
            "theme": _object(["brand", "on_brand"], {"brand": _COLOUR, "on_brand": _COLOUR}),
            "module": {"type": "string", "description": "adres modułu okna rozmowy"},
            "message_limit": {"type": "integer"},
            "hotline": _object(["number", "hours"], {"number": _TEXT, "hours": _TEXT}),
            "contact_form": {"type": "string", "format": "uri"},
            "retention_days": {"type": "integer", "description": "0: bez terminu"},
            "consultants": {
                "anyOf": [_reference("Consultants"), {"type": "null"}],
                "description": "czy konsultanci teraz odbierają, a jeśli nie, od kiedy",
            },
            "statement": {"type": "string", "format": "uri", "description": "deklaracja dostępności"},
            "suggestions": _list("Button"),
        },
    ),
    "Consultants": _object(
        ["open"], {"open": {"type": "boolean"}, "opens": {"type": "string", "format": "date-time"}}
    ),
    "Problem": _object(
        ["title", "status", "detail"],
        {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT, "instance": _TEXT,
         "errors": {"type": "object", "propertyNames": {"enum": [*FIELDS, *OFFER_FIELDS]},
                    "additionalProperties": _TEXT,
                    "description": "co poprawić, według pól formularza"}},
    ),
}  # fmt: skip


def _ticket_paths() -> dict[str, Any]:
    form = _object(
        ["consent", "client_id"],
        {
            "kind": {"enum": list(SENDABLE), "default": SENDABLE[0]},
            "question": _TEXT, "email": _OPTIONAL, "phone": _OPTIONAL, "county": _OPTIONAL, "topic": _OPTIONAL,
            "draft": _OPTIONAL, "consent": {"const": True},
            "contact_name": {"type": "string", "description": "osoba do kontaktu; potrzebna do oferty pracy"},
            "nip": {"type": ["string", "null"], "description": "NIP pracodawcy, sprawdzany cyfrą kontrolną"},
            "client_id": {"type": "string", "pattern": r"^[\w\-]{8,64}$"},
        },
    )  # fmt: skip
    one = f"{_TICKETS}/{{reference}}"
    reference = {"name": "reference", "in": "path", "required": True, "schema": _TEXT}
    found = _problems(401, 404, 429, 503)

    def read(summary: str, answer: dict[str, Any]) -> dict[str, Any]:
        get = {"summary": summary, "security": _TOKEN, "responses": {"200": answer, **found}}
        return {"parameters": [_CONVERSATION, reference], "get": get}

    document = {"description": "Dokument", "content": {"application/pdf": {"schema": _TEXT}}}
    return {
        _TICKETS: {
            "parameters": [_CONVERSATION],
            "post": {
                "summary": "Wysyła wiadomość do konsultanta",
                "security": _TOKEN,
                "requestBody": {"required": True, "content": {"application/json": {"schema": form}}},
                "responses": {
                    "201": _answer("Zgłoszenie", _reference("Ticket")),
                    **_problems(400, 401, 404, 415, 422, 429, 503),
                },
            },
        },
        one: read("Mówi, co się dzieje ze zgłoszeniem", _answer("Zgłoszenie", _reference("Ticket"))),
        f"{one}.json": read("Zwraca ofertę pracy jako dane", _answer("Oferta", _reference("JobOffer"))),
        f"{one}.pdf": read("Zwraca ofertę pracy jako dokument PDF", document),
        "/api/v1/contact": {
            "get": {
                "summary": "Mówi, czy ktoś teraz odpowiada, i podaje treść zgody do formularza",
                "parameters": [{"name": "language", "in": "query", "schema": {"enum": list(NAMES)}}],
                "responses": {"200": _answer("Kontakt", _reference("Contact")), **_problems(429)},
            }
        },
        "/api/v1/counties": {
            "get": {
                "summary": "Zwraca powiaty do wyboru w formularzu",
                "responses": {"200": _answer("Powiaty", _reference("Counties")), **_problems(429)},
            }
        },
    }


def _live_paths() -> dict[str, Any]:
    wish = _object(["wish"], {"wish": {"enum": ["wait", "stop"]}})
    standing = _answer("Stan rozmowy z konsultantem", _reference("LiveStanding"))
    return {
        "/api/v1/conversations/{conversation}/live": {
            "parameters": [_CONVERSATION],
            "get": {
                "summary": "Mówi, czy rozmowę prowadzi konsultant, i podaje jego wypowiedzi",
                "parameters": [{"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0}}],
                "security": _TOKEN,
                "responses": {"200": standing, **_problems(401, 422, 429, 503)},
            },
            "post": {
                "summary": "Ustawia rozmowę w kolejce do konsultanta albo wraca do asystenta",
                "security": _TOKEN,
                "requestBody": {"required": True, "content": {"application/json": {"schema": wish}}},
                "responses": {"200": standing, **_problems(400, 401, 404, 409, 415, 422, 429, 503)},
            },
        }
    }


def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    question = _object(
        ["text"],
        {
            "text": _TEXT,
            "client_id": {"type": "string", "pattern": r"^[\w\-]{8,64}$"},
            "language": {"enum": list(NAMES), "description": "język okna; język samej wiadomości ma pierwszeństwo"},
        },
    )
    result = _object(["result"], {"result": {"enum": list(RESULTS)}})
    rating = _object(["helpful"], {"helpful": {"type": "boolean"}, "reason": {"enum": [*REASONS, None]}})
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zielona Linia – asystent", "version": "1"},
        "paths": {
            "/api/v1/conversations": {
                "post": {
                    "summary": "Zaczyna rozmowę",
                    "requestBody": {
                        "content": {"application/json": {"schema": _object([], {"site": _TEXT, "language": _TEXT})}}
                    },
                    "responses": {
                        "201": _answer("Rozmowa i jej klucz", _reference("Conversation")),
                        **_problems(403, 404, 422, 429),
                    },
                }
            },
            "/api/v1/conversations/{conversation}": {
                "parameters": [_CONVERSATION],
                "get": {
                    "summary": "Zwraca wszystko, co jest zapisane o rozmowie",
                    "security": _TOKEN,
                    "responses": {"200": _answer("Zapis", _reference("OwnData")), **_problems(401, 404, 429, 503)},
                },
                "delete": {
                    "summary": "Usuwa rozmowę",
                    "security": _TOKEN,
                    "responses": {"204": {"description": "Usunięta"}, **_problems(401, 404, 429, 503)},
                },
            },
            "/api/v1/conversations/{conversation}/rating": {
                "parameters": [_CONVERSATION],
                "put": {
                    "summary": "Ocenia całą rozmowę",
                    "security": _TOKEN,
                    "requestBody": {"required": True, "content": {"application/json": {"schema": result}}},
                    "responses": {"204": {"description": "Zapisana"}, **_problems(400, 401, 404, 415, 422, 429, 503)},
                },
            },
            "/api/v1/widget": {
                "get": {
                    "summary": "Zwraca ustawienia okna rozmowy dla witryny partnera",
                    "parameters": [
                        {"name": "site", "in": "query", "schema": _TEXT},
                        {"name": "topic", "in": "query", "schema": _TEXT},
                        {"name": "language", "in": "query", "schema": {"enum": list(NAMES)}},
                    ],
                    "responses": {
                        "200": _answer("Ustawienia", _reference("WidgetConfiguration")),
                        **_problems(403, 404),
                    },
                }
            },
            "/api/v1/widget/words": {
                "get": {
                    "summary": "Zwraca napisy rzadziej używanych części okna",
                    "parameters": [{"name": "language", "in": "query", "schema": {"enum": list(NAMES)}}],
                    "responses": {"200": _answer("Napisy", _object(["words"], {"words": _WORDS}))},
                }
            },
            "/api/v1/conversations/{conversation}/messages": {
                "parameters": [_CONVERSATION],
                "get": {
                    "summary": "Zwraca przebieg rozmowy",
                    "parameters": [
                        {"name": "language", "in": "query", "schema": {"enum": list(NAMES)}},
                        _EXPLAINED,
                    ],
                    "security": _TOKEN,
                    "responses": {
                        "200": _answer("Przebieg", _reference("History")),
                        **_problems(401, 403, 404, 429, 503),
                    },
                },
                "post": {
                    "summary": "Zadaje pytanie",
                    "parameters": [_EXPLAINED],
                    "security": _TOKEN,
                    "requestBody": {"required": True, "content": {"application/json": {"schema": question}}},
                    "responses": {
                        "200": _answer("Odpowiedź", _reference("Answer")),
                        **_problems(400, 401, 403, 404, 409, 413, 415, 422, 429),
                    },
                },
            },
            "/api/v1/conversations/{conversation}/messages/{message}/rating": {
                "parameters": [_CONVERSATION, {**_CONVERSATION, "name": "message"}],
                "put": {
                    "summary": "Ocenia odpowiedź",
                    "security": _TOKEN,
                    "requestBody": {"required": True, "content": {"application/json": {"schema": rating}}},
                    "responses": {
                        "204": {"description": "Zapisana"},
                        **_problems(400, 401, 404, 415, 422, 429, 503),
                    },
                },
            },
            **_ticket_paths(),
            **_live_paths(),
            "/api/v1/search": {
                "get": {
                    "summary": "Szuka fragmentów przepisów opisanych prostym językiem",
                    "parameters": [
                        {"name": "q", "in": "query", "required": True, "schema": _TEXT},
                        {"name": "on", "in": "query", "schema": _DATE},
                        {"name": "audience", "in": "query", "schema": {"enum": list(AUDIENCES)}},
                        {
                            "name": "limit",
                            "in": "query",
                            "schema": {"type": "integer", "minimum": 1, "maximum": 20},
                        },
                        {
                            "name": "official",
                            "in": "query",
                            "description": "1: także słowa zaimportowanych aktów, w osobnej liście `official`",
                            "schema": {"enum": ["0", "1"]},
                        },
                    ],
                    "responses": {"200": _answer("Fragmenty", _reference("Found")), **_problems(413, 422, 429, 503)},
                }
            },
            "/api/v1/openapi.json": {
                "get": {"summary": "Ten opis", "responses": {"200": _answer("Opis", {"type": "object"})}}
            },
        },
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
