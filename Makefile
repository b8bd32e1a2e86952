# Two commands do everything: `make run` and `make test`. Needs Python 3.11+, pip, git and make.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PY := .venv/bin/python
.PHONY: help setup setup-dev run test check perf screenshots lock messages offline clean

help: ## 列出命令 | this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: ## 建立 .venv（运行所需） | makes .venv with what the product runs on
	@python3 scripts/bootstrap.py run

setup-dev: ## 建立 .venv（含检查与测试工具） | .venv with the tools of checks and tests
	@python3 scripts/bootstrap.py dev

run: setup ## 启动系统（首次自动载入演示数据） | starts everything, with the demonstration on the first start
	@$(PY) -m zhize.apps.cli.main run

test: setup-dev ## 全部检查与测试 | all checks and tests, on both databases where they can be had
	@$(PY) -m scripts.test_all

check: setup-dev ## 快速检查 | the fast part: linters, types, contracts, architecture, unit tests of core and kit
	@$(PY) -m scripts.test_all --fast

perf: setup-dev ## 性能比值 | statements and CPU time of pages at N/100 and N rows, as ratios
	@$(PY) -m tests.perf $(ARGS)

screenshots: setup-dev ## 文档截图 | docs/screenshots/*.png from the demonstration
	@$(PY) -m scripts.screenshots $(ARGS)

lock: setup-dev ## 重新锁定依赖 | requirements/*.txt from *.in, with hashes
	@$(PY) -m scripts.lock

messages: setup-dev ## 更新译文目录 | message catalogues from the sources
	@$(PY) -m scripts.messages

offline: setup ## 离线安装包 build/offline | a folder to carry to a machine without internet
	@rm -rf build/offline && mkdir -p build/offline
	@.venv/bin/pip download -q --require-hashes --only-binary :all: -r requirements/run.txt -d build/offline/wheels
	@.venv/bin/pip wheel -q --no-deps . -w build/offline/wheels
	@cp requirements/run.txt build/offline/requirements.txt
	@if [ -d reference ]; then cp -r reference build/offline/; fi
	@du -sh build/offline

clean: ## 删除可再生的文件（不动 var/ 数据） | removes what can be made again; never the data in var/
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist test-results
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
