"""Rasa's loader of spaCy pipelines, quicker in training."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils import spacy_utils
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge_base.language.build import RULER

_TYPES = DefaultV1Recipe.ComponentType


# The name stays: Rasa's tokenizer and extractor take their model from a component that is called so.
@DefaultV1Recipe.register([_TYPES.MODEL_LOADER, _TYPES.MESSAGE_FEATURIZER], is_trainable=False, model_from="SpacyNLP")
class SpacyNLP(spacy_utils.SpacyNLP):
    """Finds no entities in training examples: nothing learns from them, and they take near half the time."""

    def process_training_data(self, training_data: TrainingData, model: SpacyModel) -> TrainingData:
        with model.model.select_pipes(disable=[RULER] if RULER in model.model.pipe_names else []):
            return super().process_training_data(training_data, model)
