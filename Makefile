.DEFAULT_GOAL := help
.PHONY: help run setup test lint evaluate bench check validate demo-data

PYTHON ?= python3
APP := .venv/app/bin/python

help: ## Pokazuje tę listę
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## Buduje, co trzeba, i uruchamia asystenta na http://127.0.0.1:8000/demo
	@$(PYTHON) bootstrap.py run

setup: ## Buduje oba środowiska, potok języka, indeks i model
	@$(PYTHON) bootstrap.py build

test: lint ## Sprawdza kod i przepuszcza wszystkie testy
	@$(PYTHON) bootstrap.py build
	@$(APP) -m zielona.cli check-content
	@$(APP) -m zielona.cli validate
	@$(APP) -m pytest

lint: ## Sprawdza styl i typy (ruff, mypy)
	@$(PYTHON) bootstrap.py
	@$(APP) -m ruff check .
	@$(APP) -m ruff format --check --quiet . || (echo "Uruchom: $(APP) -m ruff format ."; exit 1)
	@$(APP) -m mypy

check: ## Sprawdza treści: tematy, fragmenty, kwoty
	@$(PYTHON) bootstrap.py check-content

validate: ## Sprawdza dane modelu dialogowego
	@$(PYTHON) bootstrap.py validate

demo-data: ## Zakłada rok zmyślonych danych do obejrzenia statystyk
	@$(PYTHON) bootstrap.py
	@$(APP) -m zielona.cli demo-data

evaluate: ## Mierzy trafność na osobnych pytaniach i pisze raport
	@$(PYTHON) bootstrap.py evaluate
	@$(APP) -m benchmarks.foreign

bench: ## Mierzy czas i pamięć
	@$(PYTHON) bootstrap.py build
	@$(APP) -m benchmarks.importer
	@$(APP) -m benchmarks.speed
	@$(APP) -m benchmarks.offices
	@$(APP) -m benchmarks.widget
	@$(APP) -m benchmarks.inbox
	@$(APP) -m benchmarks.statistics
	@$(APP) -m benchmarks.studio
