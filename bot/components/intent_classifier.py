"""Intent classifier: letters, stems and sentence vectors in one linear classifier, with a calibrated decision."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import skops.io
from joblib import Parallel, delayed
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.svm import LinearSVC

from bot.components.evidence import NAMES, Evidence, Verdict, softmax
from bot.components.features import Axes, Seen, Views
from bot.components.machine import give_lead, machine
from bot.components.reading import begins_as_follow_up, halves, joined, looks_dependent, questions
from knowledge_base.content.calibration import load_calibration
from knowledge_base.content.store import ContentPaths
from knowledge_base.content.text import normalised, words

log = logging.getLogger(__name__)
FALLBACK = "nlu_fallback"
TWO_QUESTIONS = "dwa_pytania"
TOPIC_ENTITY = "temat"
_RANKING = 10
_NEAREST = 3
# What a follow-up says alone, against what it says with the question before it; chosen on questions written for that.
_ALONE = 0.4
# A short message that is not understood alone may be a follow-up without a sign of it.
_SHORT = 9
_BEYOND_DOUBT = 0.8
# Eleven weights need no more, and comparing them with all examples takes its time.
_HELD_OUT = 3000
# Two parameters, from mistakes that are rare.
_FEWEST_ASKED = 300
# What a vectoriser holds besides the types that skops trusts by itself.
_MODEL_TYPES = ["scipy.sparse._csr.csr_matrix"]
_CLASSIFIER_TYPE = DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER


@dataclass
class Reading:
    """What one text was taken for: intents with their probabilities, best first, and why."""

    text: str
    ranking: list[tuple[str, float]]
    features: dict[str, float]
    meaning: npt.NDArray[np.float32]
    logits: npt.NDArray[np.float64]

    @property
    def best(self) -> str:
        return self.ranking[0][0]

    @property
    def probability(self) -> float:
        return self.ranking[0][1]


@DefaultV1Recipe.register(_CLASSIFIER_TYPE, is_trainable=True, model_from="SpacyNLP")
class FusedIntentClassifier(GraphComponent, IntentClassifier):
    """Needs `SpacyNLP` with our Polish pipeline before it.

    A linear support vector machine: on the training examples, cross-validated, it is as right as a multinomial logistic
    regression and trains in seconds where that takes minutes. The probability that its first intent is right comes
    from a logistic regression over its logits and the nearest training examples (Platt scaling with more than one
    score), fitted on examples that are held out from it and scaled to what people ask (`data/calibration.yml`).

    Below `threshold` the intent is `nlu_fallback`. A message that asks two things gets the intent `dwa_pytania` and
    their topics as entities; a follow-up is also read together with the question before, from the message's metadata
    `{"previous": {"text"}}`, and the surer reading counts.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._views: Views | None = None
        self._model: LinearSVC | None = None
        self._evidence: Evidence | None = None
        self._verdict: Verdict | None = None
        self._examples: list[str] = []
        self._temperature = 1.0

    @classmethod
    def required_components(cls) -> list[type]:
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: inverse strength of regularisation; `out_of_scope_lead`: logits; thresholds are probabilities."""
        return {
            "C": 0.5,
            "seed": 7,
            "out_of_scope_lead": 0.2,
            "threshold": 0.65,
            "two_threshold": 0.6,
            "second_threshold": 0.5,
            "halves_threshold": 0.9,
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "spacy", "skops"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FusedIntentClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData, model: SpacyModel) -> Resource:
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        names = np.array([message.get(INTENT) for message in examples])
        classes, labels = np.unique(names, return_inverse=True)
        self._examples = [message.get(TEXT) for message in examples]
        self._views = Views()
        seen = self._views.fit([_doc(message) for message in examples])
        weights = np.array([weight_of(message) for message in examples])
        hidden = self._held_out(names, asked=weights == 1.0)
        rows, known = seen.rows, ~hidden
        # Side by side: the model itself, and one that has not seen what the verdict is fitted on.
        outside = {message.get(INTENT) for message in examples if _said(message).get("out_of_scope")}
        self._model, other = Parallel(n_jobs=2)(
            delayed(machine(self._config["C"], self._config["seed"]).fit)(
                rows[part], names[part], sample_weight=weights[part]
            )
            for part in (np.ones_like(known), known)
        )
        for fitted in (self._model, other):
            give_lead(fitted, outside, self._config["out_of_scope_lead"])
        logits = other.decision_function(rows[hidden])
        self._temperature = fit_temperature(logits, labels[hidden])
        self._evidence = Evidence(seen.letters, seen.meaning, labels)
        right = logits.argmax(axis=1) == labels[hidden]
        verdict = Verdict.fit(self._held_out_features(logits, seen, hidden), right)
        self._verdict = self._calibrated(verdict, model)
        accuracy = float(right.mean())
        log.info("intents: %d, held-out accuracy %.3f, T %.2f", len(classes), accuracy, self._temperature)
        self._persist(accuracy)
        return self._resource

    def _calibrated(self, verdict: Verdict, model: SpacyModel) -> Verdict:
        """The verdict with the probabilities of what people ask: examples are often chosen for being hard."""
        assert self._model is not None  # noqa: S101 - set by train
        assert self._views is not None  # noqa: S101
        assert self._evidence is not None  # noqa: S101
        known = {normalised(example) for example in self._examples}
        asked = [
            (text, topic)
            for text, topic in load_calibration(ContentPaths().calibration)
            if topic in self._model.classes_ and normalised(text) not in known
        ]
        if len(asked) < _FEWEST_ASKED:
            return verdict
        seen = self._views.transform(list(model.model.pipe(text for text, _ in asked)))
        logits = self._model.decision_function(seen.rows)
        features = self._evidence.features(logits, self._temperature, seen.letters, seen.meaning, seen.sizes)
        right = self._model.classes_[logits.argmax(axis=1)] == np.array([topic for _, topic in asked])
        log.info("calibration: %d messages, %.3f of them right", len(asked), right.mean())
        return verdict.rescaled(features, right)

    def _held_out(self, names: npt.NDArray[np.str_], *, asked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Examples to calibrate on, shape (examples,): of each intent the same share, of what people ask only.

        Questions of passages only lie near a topic. Half of an intent at most, so that every intent stays known.
        """
        generator = np.random.default_rng(self._config["seed"])
        share = min(0.5, _HELD_OUT / max(int(asked.sum()), 1))
        hidden = np.zeros(len(names), dtype=bool)
        for name in np.unique(names):
            own = np.flatnonzero((names == name) & asked)
            hidden[generator.choice(own, int(len(own) * share), replace=False)] = True
        return hidden

    def _held_out_features(
        self, logits: npt.NDArray[np.float64], seen: Seen, hidden: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.float64]:
        """Features of the held-out examples as if they were messages: none of them is evidence for another."""
        assert self._evidence is not None  # noqa: S101 - set by train
        numbers = np.flatnonzero(hidden)
        parts = []
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            parts.append(
                self._evidence.features(
                    logits[start : start + 500], self._temperature, seen.letters[part], seen.meaning[part],
                    seen.sizes[part], without=np.broadcast_to(hidden, (len(part), len(hidden))),
                )
            )  # fmt: skip
        return np.vstack(parts)

    def process(self, messages: list[Message], model: SpacyModel) -> list[Message]:
        for message in messages:
            self._process(message, model)
        return messages

    def _process(self, message: Message, model: SpacyModel) -> None:
        doc = _doc(message)
        if doc is None or self._model is None or not len(doc):
            message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", [], add_to_output=True)
            return
        text = message.get(TEXT)
        reading = self._read([text], [doc])[0]
        parts = self._parts(text, model, reading)
        context = None
        if not parts:
            context = self._in_context(message, text, model, reading)
        chosen = context or reading
        ranking = [{"name": name, "confidence": chance} for name, chance in chosen.ranking]
        if parts:
            chance = min(part.probability for part in parts)
            ranking.insert(0, {"name": TWO_QUESTIONS, "confidence": chance})
            found = [_topic_entity(part) for part in parts]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        elif chosen.probability < self._config["threshold"]:
            ranking.insert(0, {"name": FALLBACK, "confidence": 1.0 - chosen.probability})
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set("reading", self._explanation(chosen, parts, follow_up=context is not None), add_to_output=True)

    def _read(self, texts: list[str], docs: list[Any], alone: npt.NDArray[np.float64] | None = None) -> list[Reading]:
        """Read texts; `alone` (texts, intents) are logits of what was added to a context, for joined texts."""
        assert self._model is not None  # noqa: S101 - loaded
        assert self._views is not None  # noqa: S101
        assert self._evidence is not None  # noqa: S101
        assert self._verdict is not None  # noqa: S101
        seen = self._views.transform(docs)
        logits = self._model.decision_function(seen.rows)
        if alone is not None:
            logits = (logits + _ALONE * alone) / (1 + _ALONE)
        features = self._evidence.features(logits, self._temperature, seen.letters, seen.meaning, seen.sizes)
        chances = self._verdict.probability(features)
        readings = []
        for number, text in enumerate(texts):
            shares = softmax(logits[number : number + 1] / self._temperature)[0]
            order = np.argsort(-shares)[:_RANKING]
            # What is left after the first is shared among the others as the classifier has it.
            rest = (1.0 - chances[number]) / max(1.0 - shares[order[0]], 1e-9)
            ranking = [
                (str(self._model.classes_[i]), float(chances[number] if i == order[0] else shares[i] * rest))
                for i in order
            ]
            readings.append(
                Reading(
                    text=text,
                    ranking=ranking,
                    features=dict(zip(NAMES, features[number].round(4).tolist())),
                    meaning=seen.meaning[number],
                    logits=logits[number],
                )
            )
        return readings

    def _parts(self, text: str, model: SpacyModel, whole: Reading) -> list[Reading]:
        """The readings of a message's questions, where it asks two different things and each is sure; else none."""
        parts = questions(text)
        if len(parts) < 2:
            return self._halves(text, model, whole)
        first, *others = self._read(parts, [model.model(part) for part in parts])
        needed = self._config["two_threshold"]
        readings = [first, *(self._after(parts[0], part, model) for part in others)]
        # Where one question is beyond doubt, less will do for the other: it was asked, only in fewer words.
        if max(reading.probability for reading in readings) >= _BEYOND_DOUBT:
            needed = min(needed, self._config["second_threshold"])
        sure = all(reading.probability >= needed for reading in readings)
        topics = {reading.best for reading in readings}
        if not sure or len(topics) < 2:
            return []
        return list({reading.best: reading for reading in readings}.values())

    def _after(self, before: str, part: Reading, model: SpacyModel) -> Reading:
        """The reading of a later question; with the one before it, where alone it says too little ("ile płacą")."""
        if part.probability >= self._config["second_threshold"]:
            return part
        both = joined(before, part.text)
        return max(part, self._read([both], [model.model(both)], part.logits[None])[0], key=lambda it: it.probability)

    def _halves(self, text: str, model: SpacyModel, whole: Reading) -> list[Reading]:
        """The readings of two halves that no question word parts: surer than elsewhere, one of them as the whole."""
        pairs = halves(text)
        texts = [half for pair in pairs for half in pair]
        if not texts:
            return []
        readings = self._read(texts, [model.model(half) for half in texts])
        found = [
            pair
            for pair in zip(readings[::2], readings[1::2])
            if pair[0].best != pair[1].best
            and whole.best in {reading.best for reading in pair}
            and min(reading.probability for reading in pair) >= self._config["halves_threshold"]
        ]
        return list(max(found, key=lambda pair: min(reading.probability for reading in pair), default=()))

    def _explanation(self, chosen: Reading, parts: list[Reading], *, follow_up: bool) -> dict[str, Any]:
        """Why the message was taken for what it was; kept with the stored answer."""
        assert self._evidence is not None  # noqa: S101 - loaded
        nearest = self._evidence.nearest(chosen.meaning, _NEAREST)
        return {
            "text": chosen.text,
            "follow_up": follow_up,
            "probability": round(chosen.probability, 4),
            "features": chosen.features,
            "nearest": [(self._examples[number], round(score, 4)) for number, score in nearest],
            "parts": [
                {"text": part.text, "topic": part.best, "probability": round(part.probability, 4)} for part in parts
            ],
        }

    def _in_context(self, message: Message, text: str, model: SpacyModel, alone: Reading) -> Reading | None:
        """The reading together with the question before, where the message may depend on it and that is surer.

        Where the message begins as a follow-up, it is enough that this reading would be answered.
        """
        previous = ((message.get("metadata") or {}).get("previous") or {}).get("text")
        if not previous or not (looks_dependent(text) or self._says_little(alone)):
            return None
        both = joined(previous, text)
        reading = self._read([both], [model.model(both)], alone.logits[None])[0]
        needed = alone.probability
        if begins_as_follow_up(text):
            needed = min(needed, float(self._config["threshold"]))
        return reading if reading.probability >= needed else None

    def _says_little(self, alone: Reading) -> bool:
        return alone.probability < self._config["threshold"] and len(words(alone.text)) <= _SHORT

    def process_training_data(self, training_data: TrainingData, model: SpacyModel) -> TrainingData:
        return training_data

    def _persist(self, accuracy: float) -> None:
        assert self._views is not None  # noqa: S101 - set by train
        assert self._views.axes is not None  # noqa: S101
        assert self._evidence is not None  # noqa: S101
        assert self._verdict is not None  # noqa: S101
        with self._storage.write_to(self._resource) as folder:
            evidence = self._evidence
            objects = [self._model, self._views.letters, self._views.stems, evidence.letters, evidence.labels]
            skops.io.dump(objects, folder / "model.skops")
            np.save(folder / "meaning.npy", evidence.meaning.astype(np.float16))
            np.savez(folder / "axes.npz", **asdict(self._views.axes))
            facts = {
                "temperature": self._temperature,
                "accuracy": accuracy,
                "verdict": asdict(self._verdict),
                "examples": self._examples,
            }
            (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FusedIntentClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            path = folder / "model.skops"
            # Raises where the file holds any type besides: a model file is data, not code.
            component._model, letters, stems, example_letters, labels = skops.io.load(path, trusted=_MODEL_TYPES)
            meaning = np.load(folder / "meaning.npy", allow_pickle=False).astype(np.float32)
            with np.load(folder / "axes.npz", allow_pickle=False) as found:
                axes = Axes(**found)
            facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        component._views = Views(letters, stems, axes)
        component._evidence = Evidence(example_letters, meaning, labels)
        component._verdict = Verdict(**facts["verdict"])
        component._temperature = facts["temperature"]
        component._examples = facts["examples"]
        component._views.meaning(["rozgrzewka"])
        return component


def _said(message: Message) -> dict[str, Any]:
    """What the importer says of a training example."""
    return (message.get("metadata") or {}).get("example") or {}


def weight_of(message: Message) -> float:
    """How much a training example counts; 1 where nothing is said."""
    return float(_said(message).get("weight", 1.0))


def _doc(message: Message) -> Any:
    return message.get(SPACY_DOCS[TEXT])


def _topic_entity(part: Reading) -> dict[str, Any]:
    return {
        "entity": TOPIC_ENTITY, "value": part.best, "start": 0, "end": len(part.text),
        "confidence_entity": part.probability, "extractor": "FusedIntentClassifier",
    }  # fmt: skip


def fit_temperature(logits: npt.NDArray[np.float64], labels: npt.NDArray[np.int64]) -> float:
    """Return the temperature with the least negative log likelihood; `logits` (rows, classes), `labels` (rows,)."""

    def loss(temperature: float) -> float:
        chances = softmax(logits / temperature)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    return float(min(np.geomspace(0.1, 5.0, 80), key=loss))
