"""Runs in the bot environment: intent rankings of a trained model for the texts on standard input (JSON list)."""

from __future__ import annotations

import asyncio
import json
import sys

from rasa.core.agent import Agent

_FIRST = 4


async def main(model: str) -> None:
    agent = Agent.load(model)
    for text in json.load(sys.stdin):
        parsed = await agent.parse_message(text)
        ranking = [[item["name"], item["confidence"]] for item in parsed["intent_ranking"][:_FIRST]]
        sys.stdout.write(json.dumps({"name": parsed["intent"]["name"], "ranking": ranking}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
