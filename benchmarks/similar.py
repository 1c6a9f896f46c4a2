"""How likely the answer to a similar question fits: fits and prints the weights of `suggestions/similar.py`.

Examples of topics stand for visitors' questions: some were answered before, the others ask now; the answer to the
nearest one fits where both belong to one topic. Half of who asks fit the weights, the other half are the table.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from benchmarks.table import share, show
from knowledge_base.content.store import load_content
from knowledge_base.search.lexical import LexicalIndex
from widget.console.suggestions import similar

_SEED = 7
# A console in use for some weeks.
_ANSWERED = 800


def rows() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Score and lead of the answered question nearest to each that asks now, and whether both belong to one topic."""
    known = [(name, text) for name, topic in load_content().topics.items() if topic.is_faq for text in topic.examples]
    order = np.random.default_rng(_SEED).permutation(len(known)).tolist()
    answered, asking = order[:_ANSWERED], order[_ANSWERED:]
    index = LexicalIndex.build([similar.stems(known[number][1]) for number in answered])
    features, fits = [], []
    for number in asking:
        scores = index.scores(similar.stems(known[number][1]))
        first, second = np.argsort(-scores)[:2]
        features.append([scores[first], scores[first] - scores[second]])
        fits.append(known[answered[first]][0] == known[number][0])
    return np.array(features), np.array(fits)


def main() -> None:
    features, fits = rows()
    model = LogisticRegression(C=10).fit(features[::2], fits[::2])
    print(
        f"WEIGHT_SCORE, WEIGHT_LEAD, INTERCEPT = {[round(float(x), 2) for x in (*model.coef_[0], model.intercept_[0])]}"
    )
    bins: dict[int, list[bool]] = defaultdict(list)
    said: dict[int, list[float]] = defaultdict(list)
    for (score, lead), right in zip(features[1::2], fits[1::2]):
        value = similar.probability(float(score), float(lead))
        bins[int(value * 5)].append(bool(right))
        said[int(value * 5)].append(value)
    table = [
        (
            f"{key * 20}–{key * 20 + 20}%",
            str(len(bins[key])),
            f"{np.mean(said[key]):.1%}",
            share(sum(bins[key]), len(bins[key])),
        )
        for key in sorted(bins)
    ]
    show("Similar questions, half that nothing was fitted on", ("probability", "questions", "said", "right"), table)


if __name__ == "__main__":
    main()
