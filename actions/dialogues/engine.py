"""The form engine: what happens to the answers when a person says something. No Rasa, no texts of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from actions.dialogues.commands import Command, asks, command, correction
from actions.dialogues.kinds import Text, ValueProblem
from actions.dialogues.model import Answers, Dialogue, Facts, Question
from actions.dialogues.values.choices import Option
from actions.reasoning import InputError
from knowledge_base.content.dialogues import DialogueText, QuestionText
from knowledge_base.content.text import fold, normalised, words

LEFT_AFTER = dt.timedelta(hours=1)
HUMAN_AFTER = 3
DONE, CANCELLED, SWITCHED = "done", "cancelled", "switched"
RESUME, SWITCH = "resume", "switch"
# From so many letters on a word is inflected by its last one; endings are so long at most.
_INFLECTED, _ENDING = 5, 3
_YES = frozenset({"tak", "t", "ok", "jasne", "przerwij", "zmien"})
Say = Callable[..., str]


@dataclass(frozen=True)
class State:
    """What a form remembers besides the answers.

    `order` are the answered questions in the order of answering; `notes` are what to say before the next question;
    `pending` is a question of the form's own (RESUME, SWITCH), `held` the message that it waits with; `outcome` is set
    when the form closes, `target` the dialogue to go on with.
    """

    order: tuple[str, ...] = ()
    failures: int = 0
    seen: str | None = None
    pending: str | None = None
    held: str | None = None
    outcome: str | None = None
    target: str | None = None
    notes: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: dict[str, Any] | None) -> State:
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in (raw or {}).items()
        }
        return cls(**values)


@dataclass(frozen=True)
class Heard:
    """A message. `topic`: it surely asks about a topic; `starts`: it asks to begin that dialogue."""

    text: str
    now: dt.datetime
    topic: str | None = None
    starts: str | None = None
    button: bool = False


@dataclass(frozen=True)
class Move:
    """What a message led to. `aside`: it was a question of the visitor, to be answered before the form asks again."""

    answers: Answers
    state: State
    aside: bool = False


@dataclass(frozen=True)
class Form:
    """A dialogue with its texts; `say` fills the lines of data/messages.yml."""

    dialogue: Dialogue
    texts: DialogueText
    facts: Facts
    say: Say = field(compare=False)

    def begin(self, now: dt.datetime) -> Move:
        return Move({}, State(seen=now.isoformat(), notes=(self.texts.intro,)))

    def hear(self, heard: Heard, answers: Answers, state: State) -> Move:
        """Take one message. The state that comes back tells what to say, and whether the form closes."""
        away = state.seen is not None and heard.now - dt.datetime.fromisoformat(state.seen) > LEFT_AFTER
        fresh = replace(state, seen=heard.now.isoformat(), notes=(), proposals=())
        if away and state.pending is None:
            return Move(answers, replace(fresh, pending=RESUME, held=heard.text))
        if state.pending is not None:
            return self._after_pending(heard, answers, fresh)
        return self._message(heard, answers, fresh)

    def options(self, question: Question) -> tuple[Option, ...]:
        texts = self.texts.questions[question.name]
        return tuple(Option(item.value, item.title, item.synonyms) for item in texts.options)

    def shown(self, name: str, answers: Answers) -> str:
        """An answer in words."""
        question = self.dialogue.question(name)
        value = answers[name]
        if value is None:
            return self._text(question).skip or self.say("form_unknown")
        return question.kind.show(value, self.options(question))

    def progress(self, answers: Answers) -> tuple[int, int]:
        """The number of the question that comes, and about how many there are."""
        required = self.dialogue.required(answers)
        answered = sum(1 for question in required if question.name in answers)
        return answered + 1, max(len(required), self.dialogue.about)

    # What a message may be

    def _message(self, heard: Heard, answers: Answers, state: State) -> Move:
        question = self.dialogue.next_question(answers)
        assert question is not None  # noqa: S101 - a form without a question has closed
        # "1/2 etatu", said to the question for it, is no wish to begin the dialogue on part-time work.
        if heard.starts is not None and self._strictly(question, heard.text, named=False) is None:
            return self._start(heard, answers, state)
        if heard.button and heard.topic is not None:
            return Move(answers, state, aside=True)
        said = Command.UNKNOWN if self._skips(question, heard.text) else command(heard.text)
        if said is not None and not (said is Command.UNKNOWN and self._names_option(question, heard.text)):
            return self._command(said, question, answers, state)
        corrected = self._correct(heard.text, question, answers, state)
        if corrected is not None:
            return corrected
        return self._value(heard, question, answers, state)

    def _value(self, heard: Heard, question: Question, answers: Answers, state: State) -> Move:
        try:
            found = question.kind.read(heard.text, self.options(question), self.facts.today)
        except ValueProblem as problem:
            return self._refused(str(problem), answers, state, problem.proposals)
        free = isinstance(question.kind, Text)
        # "Jak najszybciej, telefonicznie" is an answer too: of free text a word that asks is not enough.
        wondering = heard.text.rstrip().endswith("?") or (asks(heard.text) and (heard.topic is not None or not free))
        if found is not None and (found.whole or (free and not wondering)):
            return self._accept(question, found.value, heard.text, answers, state)
        if wondering or (heard.topic is not None and not free):
            return Move(answers, state, aside=True)
        if found is not None:
            return self._accept(question, found.value, heard.text, answers, state)
        return self._refused(self._text(question).hint, answers, state)

    def _accept(self, question: Question, value: Any, said: str, answers: Answers, state: State) -> Move:
        """Keep a value, unless it cannot be; say how it was understood where that is not plain."""
        earlier = {name: answers[name] for name in answers if name != question.name}
        try:
            question.check(value, earlier, self.facts)
        except ValueProblem as problem:
            return self._refused(str(problem), answers, state, problem.proposals)
        except InputError as error:
            return self._refused(str(error), answers, state)
        shown = question.kind.show(value, self.options(question))
        notes = () if _says_it(said, shown) else (self.say("form_saved", value=shown),)
        told = self._advised(question, value, earlier, replace(state, notes=state.notes + notes))
        return self._keep(question, value, answers, told)

    def _advised(self, question: Question, value: Any, others: Answers, state: State) -> State:
        """The state with what is worth knowing about a value, and what could be said instead of it."""
        advice = question.advise(value, others, self.facts)
        name = self._name(question.name)
        better = tuple(self.say("form_change", name=name, value=item.instead) for item in advice if item.instead)
        return replace(state, notes=(*state.notes, *(item.text for item in advice)), proposals=better)

    def _keep(self, question: Question, value: Any, answers: Answers, state: State) -> Move:
        kept = self._only_asked({**answers, question.name: value})
        earlier = [name for name in state.order if name in kept and name != question.name]
        return self._close_if_done(kept, replace(state, order=(*earlier, question.name), failures=0))

    def _only_asked(self, answers: Answers) -> Answers:
        """Drop answers to questions that the others no longer lead to."""
        kept: dict[str, Any] = {}
        for question in self.dialogue.questions:
            if question.name in answers and question.when(kept):
                kept[question.name] = answers[question.name]
        return kept

    def _close_if_done(self, answers: Answers, state: State) -> Move:
        if self.dialogue.next_question(answers) is not None:
            return Move(answers, state)
        try:
            self.dialogue.finish(answers, self.facts)
        except InputError as error:
            wrong = self.dialogue.question_of(error.field) or self.dialogue.question(state.order[-1])
            left = {name: value for name, value in answers.items() if name != wrong.name}
            order = tuple(name for name in state.order if name != wrong.name)
            return Move(left, replace(state, order=order, notes=(*state.notes, str(error))))
        return Move(answers, replace(state, outcome=DONE))

    def _refused(self, why: str, answers: Answers, state: State, proposals: tuple[str, ...] = ()) -> Move:
        failures = state.failures + 1
        notes = (why,) if failures < HUMAN_AFTER else (why, self.say("form_human"))
        return Move(answers, replace(state, failures=failures, notes=notes, proposals=proposals))

    # Commands

    def _command(self, said: Command, question: Question, answers: Answers, state: State) -> Move:
        text = self._text(question)
        if said is Command.CANCEL:
            return Move(answers, replace(state, outcome=CANCELLED))
        if said is Command.RESTART:
            return Move({}, State(seen=state.seen, notes=(self.say("form_restarted"),)))
        if said is Command.BACK:
            return self._back(answers, state)
        if said is Command.UNKNOWN:
            if question.unknown:
                return self._keep(question, None, answers, state)
            return self._refused(self.say("form_needed", hint=text.hint), answers, state)
        if said is Command.SUMMARY:
            return Move(answers, replace(state, notes=(self.summary(answers),)))
        note = {Command.WHY: text.why, Command.HELP: f"{text.hint} {self.say('form_commands')}"}.get(said)
        return Move(answers, replace(state, notes=(note,) if note else ()))

    def _back(self, answers: Answers, state: State) -> Move:
        if not state.order:
            return Move(answers, replace(state, notes=(self.say("form_first"),)))
        *order, last = state.order
        left = self._only_asked({name: value for name, value in answers.items() if name != last})
        kept = tuple(name for name in order if name in left)
        return Move(left, replace(state, order=kept, failures=0, notes=(self.say("form_back"),)))

    def summary(self, answers: Answers) -> str:
        """All answers in words, as a list."""
        if not answers:
            return self.say("form_first")
        lines = [f"- {self._name(name)}: {self.shown(name, answers)}" for name in answers]
        return "\n".join([self.say("form_summary"), *lines])

    # Corrections

    def _correct(self, text: str, question: Question, answers: Answers, state: State) -> Move | None:
        wish = correction(text)
        named = self._named(wish.rest if wish else text, answers)
        if wish is None and (named is None or not re.match(r"\S+(?:\s\S+){0,3}\s*[:=]", text)):
            return None
        rest = wish.rest if wish else text.split(":", 1)[-1]
        candidates = [named] if named else [self.dialogue.question(name) for name in reversed(state.order)]
        for candidate in candidates:
            value = self._strictly(candidate, rest, named=named is not None)
            if value is not None:
                return self._change(candidate, value, answers, state)
        if named is not None:
            left = self._only_asked({name: value for name, value in answers.items() if name != named.name})
            order = tuple(name for name in state.order if name in left)
            return Move(left, replace(state, order=order, notes=()))
        return None

    def _strictly(self, question: Question, text: str, *, named: bool) -> Any | None:
        """The value that a text is for a question, nothing else in it but perhaps the question's name."""
        if isinstance(question.kind, Text) and not named:
            return None
        try:
            found = question.kind.read(
                self._without_name(question, text) if named else text, self.options(question), self.facts.today
            )
        except ValueProblem:
            return None
        return found.value if found is not None and (found.whole or named) else None

    def _change(self, question: Question, value: Any, answers: Answers, state: State) -> Move:
        others = {name: answers[name] for name in answers if name != question.name}
        try:
            question.check(value, others, self.facts)
        except (ValueProblem, InputError) as error:
            return self._refused(str(error), answers, state)
        shown = question.kind.show(value, self.options(question))
        changed = self._only_asked({**answers, question.name: value})
        note = self.say("form_changed", name=self._name(question.name), value=shown)
        order = tuple(name for name in state.order if name in changed)
        kept = replace(state, order=order, failures=0, notes=(note,))
        return self._close_if_done(changed, self._advised(question, value, others, kept))

    def _named(self, text: str, answers: Answers) -> Question | None:
        """The answered question whose answer the text names, the longest name first."""
        said = words(fold(text))
        names = [(name, alias) for name in answers for alias in self._text(self.dialogue.question(name)).names]
        for name, alias in sorted(names, key=lambda item: -len(item[1])):
            if _mentions(said, alias):
                return self.dialogue.question(name)
        return None

    def _without_name(self, question: Question, text: str) -> str:
        """What follows "na", or the text less the words of the question's names."""
        match = re.search(r"\bna\b(.+)$", text)
        if match:
            return match[1].strip()
        names = [word for alias in self._text(question).names for word in words(fold(alias))]
        parts = text.split()
        return " ".join(part for part in parts if not any(_same(fold(part.strip(":,.")), name) for name in names))

    # The form's own questions

    def _start(self, heard: Heard, answers: Answers, state: State) -> Move:
        if heard.starts == self.dialogue.name:
            return Move(answers, replace(state, notes=(self.say("form_already"),)))
        if not answers:
            return Move(answers, replace(state, outcome=SWITCHED, target=heard.starts))
        return Move(answers, replace(state, pending=SWITCH, target=heard.starts))

    def _after_pending(self, heard: Heard, answers: Answers, state: State) -> Move:
        said = command(heard.text)
        yes = bool(_YES.intersection(words(fold(heard.text))))
        free = replace(state, pending=None, held=None, target=None)
        if state.pending == SWITCH:
            if yes or said is Command.CANCEL:
                return Move(answers, replace(free, outcome=SWITCHED, target=state.target))
            return Move(answers, free)
        if said is Command.CANCEL or normalised(heard.text) == "nie":
            return Move(answers, replace(free, outcome=CANCELLED))
        if said is Command.RESTART:
            return self._message(heard, answers, free)
        if yes or said is Command.CONTINUE:
            return self._held(state.held or "", heard, answers, free)
        return self._message(heard, answers, free)

    def _held(self, text: str, heard: Heard, answers: Answers, state: State) -> Move:
        """Take the message that came after the pause, where it answers the question."""
        question = self.dialogue.next_question(answers)
        if question is None or not text:
            return Move(answers, state)
        value = self._strictly(question, text, named=False)
        return Move(answers, state) if value is None else self._accept(question, value, text, answers, state)

    # Texts

    def _text(self, question: Question) -> QuestionText:
        return self.texts.questions[question.name]

    def _name(self, name: str) -> str:
        names = self.texts.questions[name].names
        return names[0] if names else name

    def _skips(self, question: Question, text: str) -> bool:
        title = self._text(question).skip
        return question.unknown and title is not None and normalised(title) == normalised(text)

    def _names_option(self, question: Question, text: str) -> bool:
        return any(normalised(option.title) == normalised(text) for option in self.options(question))


def _says_it(said: str, shown: str) -> bool:
    """Tell whether what was said needs no repeating: the same words, or the same number without its unit."""
    one, other = words(fold(said)), words(fold(shown))
    return one == other or (bool(one) and set(one) <= set(other) and any(word.isdigit() for word in one))


def _same(said: str, named: str) -> bool:
    """Tell whether two words differ by an ending at most: short ones may only gain one."""
    stem = named if len(named) < _INFLECTED else named[: min(5, len(named) - 1)]
    return said.startswith(stem) and len(said) <= len(named) + _ENDING


def _mentions(said: list[str], alias: str) -> bool:
    return all(any(_same(word, named) for word in said) for named in words(fold(alias)))
