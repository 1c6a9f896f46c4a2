"""Intent classifier: letters, stems and sentence vectors joined in one calibrated linear classifier."""

from __future__ import annotations

import json
import logging
from typing import Any

import numpy as np
import numpy.typing as npt
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import SPACY_DOCS
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from bot.components.features import Views

log = logging.getLogger(__name__)
_RANKING = 10
# What a vectoriser holds besides the types that skops trusts by itself.
_MODEL_TYPES = ["scipy.sparse._csr.csr_matrix"]
_CLASSIFIER_TYPE = DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER


@DefaultV1Recipe.register(_CLASSIFIER_TYPE, is_trainable=True)
class FusedIntentClassifier(GraphComponent, IntentClassifier):
    """Needs `SpacyNLP` with our Polish pipeline before it.

    A linear support vector machine: on the training examples, cross-validated, it is as right as a multinomial logistic
    regression and trains in seconds where that takes minutes. Probabilities are calibrated by temperature (Guo et al.
    2017, https://arxiv.org/abs/1706.04599), fitted on cross-validated predictions of the training examples.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._views: Views | None = None
        self._model: LinearSVC | None = None
        self._temperature = 1.0

    @classmethod
    def required_components(cls) -> list[type]:
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: inverse strength of regularisation; `folds`: parts of the cross-validation for the temperature."""
        return {"C": 1.0, "folds": 3, "seed": 7}

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

    def train(self, training_data: TrainingData) -> Resource:
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        labels = np.array([message.get(INTENT) for message in examples])
        self._views = Views()
        rows = self._views.fit([_doc(message) for message in examples])
        self._model = LinearSVC(C=self._config["C"], random_state=self._config["seed"])
        folds = StratifiedKFold(self._config["folds"], shuffle=True, random_state=self._config["seed"])
        logits = cross_val_predict(self._model, rows, labels, cv=folds, method="decision_function", n_jobs=2)
        classes = np.unique(labels)
        self._temperature = fit_temperature(logits, np.searchsorted(classes, labels))
        accuracy = float(np.mean(classes[logits.argmax(axis=1)] == labels))
        log.info("intents: %d, cross-validated accuracy %.3f, T %.2f", len(classes), accuracy, self._temperature)
        self._model.fit(rows, labels)
        self._persist(accuracy)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            doc = _doc(message)
            if doc is None or self._model is None or self._views is None or not len(doc):
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
                message.set("intent_ranking", [], add_to_output=True)
                continue
            logits = self._model.decision_function(self._views.transform([doc]))
            chances = softmax(logits / self._temperature)[0]
            order = np.argsort(-chances)[:_RANKING]
            ranking = [{"name": str(self._model.classes_[i]), "confidence": float(chances[i])} for i in order]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def _persist(self, accuracy: float) -> None:
        assert self._views is not None  # noqa: S101 - set by train
        with self._storage.write_to(self._resource) as folder:
            skops.io.dump([self._model, self._views.letters, self._views.stems], folder / "model.skops")
            facts = {"temperature": self._temperature, "accuracy": accuracy}
            (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")

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
            component._model, letters, stems = skops.io.load(path, trusted=_MODEL_TYPES)
            component._views = Views(letters, stems)
            component._temperature = json.loads((folder / "facts.json").read_text(encoding="utf-8"))["temperature"]
        component._views.meaning(["rozgrzewka"])
        return component


def _doc(message: Message) -> Any:
    return message.get(SPACY_DOCS[TEXT])


def softmax(logits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]


def fit_temperature(logits: npt.NDArray[np.float64], labels: npt.NDArray[np.int64]) -> float:
    """Return the temperature with the least negative log likelihood; `logits` (rows, classes), `labels` (rows,)."""

    def loss(temperature: float) -> float:
        chances = softmax(logits / temperature)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    return float(min(np.geomspace(0.1, 5.0, 80), key=loss))
