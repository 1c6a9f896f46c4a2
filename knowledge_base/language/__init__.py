"""The Polish spaCy pipeline: spelling repaired, lemmas from Morfeusz 2, entities of the labour market.

Runs in both environments (spaCy 3.4 beside Rasa, spaCy 3.8 in the knowledge base); each builds its own copy.
"""
