"""Runs in the bot environment: our intent classifier, trained and asked as Rasa would, on the Leyzer corpus.

Prints one JSON object: accuracy and macro-F1 on the test set, ours and of the floor's method (TF-IDF of characters and
words in a linear support vector machine).
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from bot.components.intent_classifier import FALLBACK, TWO_QUESTIONS, FusedIntentClassifier
from knowledge_base.language.build import load_pipeline
from zielona.settings import current_settings

_SEED = 7
Pairs = list[tuple[str, str]]


def read(path: Path) -> Pairs:
    """Texts with their intents."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["intent"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def few(pairs: Pairs, count: int) -> Pairs:
    """At most `count` examples of each intent, drawn with a fixed seed."""
    of_intent: dict[str, Pairs] = defaultdict(list)
    for pair in pairs:
        of_intent[pair[1]].append(pair)
    draw = random.Random(_SEED)  # noqa: S311 - a sample, no secret
    return [pair for items in of_intent.values() for pair in draw.sample(items, min(count, len(items)))]


def plain(train: Pairs, texts: list[str]) -> list[str]:
    features = make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True), TfidfVectorizer(sublinear_tf=True)
    )
    model = make_pipeline(features, LinearSVC(random_state=_SEED))
    model.fit([text for text, _ in train], [intent for _, intent in train])
    return [str(name) for name in model.predict(texts)]


def ours(train: Pairs, texts: list[str]) -> list[str]:
    nlp = load_pipeline(current_settings().var / "language" / "bot")
    spacy = SpacyModel(nlp, "zielona")

    def message(text: str, intent: str | None = None) -> Message:
        made = Message.build(text, intent)
        made.set(SPACY_DOCS[TEXT], nlp(text))
        return made

    # Classes with one example cannot be held out; the classifier's folds need a few of each.
    config = {**FusedIntentClassifier.get_default_config(), "threshold": 0.0, "two_threshold": 2.0}
    with tempfile.TemporaryDirectory() as folder:
        classifier = FusedIntentClassifier(config, LocalModelStorage(Path(folder)), Resource("classifier"))
        classifier.train(TrainingData([message(*pair) for pair in train]), spacy)
    asked = classifier.process([message(text) for text in texts], spacy)
    rankings = [[item["name"] for item in one.get("intent_ranking")] for one in asked]
    return [next((name for name in names if name not in {FALLBACK, TWO_QUESTIONS}), "") for names in rankings]


def main() -> None:
    folder, examples = Path(sys.argv[1]), sys.argv[2]
    train, test = read(folder / "train.tsv"), read(folder / "test.tsv")
    if examples != "all":
        train = few(train, int(examples))
    texts, wanted = [text for text, _ in test], [intent for _, intent in test]
    scores = {}
    for name, classify in (("TF-IDF and SVM", plain), ("ours", ours)):
        guessed = classify(train, texts)
        scores[name] = {
            "accuracy": accuracy_score(wanted, guessed),
            "macro_f1": f1_score(wanted, guessed, average="macro", zero_division=0),
        }
    print(json.dumps(scores))


if __name__ == "__main__":
    main()
