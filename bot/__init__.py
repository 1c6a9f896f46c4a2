"""The Rasa 3.6 project: importer of topics, intent classifier, answers of the day, portal channel."""
