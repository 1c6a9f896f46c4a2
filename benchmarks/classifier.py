"""How the intent classifier does on `data/calibration.yml`, by how far a matter that is not ours goes before.

Run by the bot's interpreter: `.venv/bot/bin/python -m benchmarks.classifier`. Nothing is written.
"""

from __future__ import annotations

import copy

import numpy as np
import numpy.typing as npt
from rasa.shared.nlu.constants import INTENT, TEXT
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from benchmarks.table import show
from bot.components.features import Views
from bot.components.intent_classifier import FusedIntentClassifier, weight_of
from bot.components.machine import give_lead, machine
from bot.importer import TopicImporter
from knowledge_base.content.calibration import load_calibration
from knowledge_base.content.store import ContentPaths, load_content
from knowledge_base.language.build import load_pipeline
from zielona.settings import current_settings

LEADS = (0.0, 0.1, 0.2, 0.3, 0.4)


def main() -> None:
    messages = load_calibration(ContentPaths().calibration)
    topics = np.array([topic for _, topic in messages])
    outside = {topic.name for topic in load_content().topics.values() if topic.out_of_scope}
    nlp = load_pipeline(current_settings().var / "language" / "bot", entities=False)
    examples = [message for message in TopicImporter().get_nlu_data().intent_examples if message.get(TEXT)]
    views = Views()
    seen = views.fit(list(nlp.pipe(message.get(TEXT) for message in examples)))
    asked = views.transform(list(nlp.pipe(text for text, _ in messages)))
    config = FusedIntentClassifier.get_default_config()
    fitted = machine(config["C"], config["seed"]).fit(
        seen.rows, [message.get(INTENT) for message in examples], sample_weight=[weight_of(one) for one in examples]
    )
    show(
        f"{len(examples):,} examples, {len(messages):,} messages of data/calibration.yml",
        ["lead", "first topic right", "ours", "not ours, refused", "ours, refused", "right or refused"],
        [_row(fitted, asked.rows, topics, outside, lead) for lead in LEADS],
    )


def _row(
    fitted: LinearSVC, rows: csr_matrix, topics: npt.NDArray[np.str_], outside: set[str], lead: float
) -> list[str]:
    led = copy.copy(fitted)
    give_lead(led, outside, lead)
    found = led.predict(rows)
    right, refused = found == topics, np.isin(found, list(outside))
    strange = np.isin(topics, list(outside))
    shares = (right, right[~strange], refused[strange], refused[~strange], np.where(strange, refused, right))
    return [f"{lead:.1f}", *(f"{share.mean():.1%}" for share in shares)]


if __name__ == "__main__":
    main()
