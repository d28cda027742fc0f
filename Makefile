# Names for commands, nothing more. M is a module folder, T a test class pattern.
M ?= reactive-core
T ?= *Tests
SHOP = querysets/cli/target/fast/shop.db

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

fast: ## inner loop without checkers: make fast M=querysets/runtime T=QuerySetFilterTests
	./mvnw -q -Dfast -pl $(M) -am test '-Dtest=$(T)' -Dsurefire.failIfNoSpecifiedTests=false

fmt: ## format all Java sources
	./mvnw -q spotless:apply

it: ## the slow tests of one module: make it M=sqlite-r2dbc T=*IT
	./mvnw -Dfast -pl $(M) -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false '-Dit.test=$(or $(filter-out *Tests,$(T)),*IT)' -Dfailsafe.failIfNoSpecifiedTests=false

test: ## everything that can fail a pull request on this JDK
	./mvnw verify

interop: ## one file with the real packages of Auth.js, installed by npm: needs node 20 or newer
	./mvnw -q -Dfast -Pinterop -Dskip.external=false -pl auth-store/core -am verify -Dtest=none -Dit.test=AuthJsInteropIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false $(ARGS)

docs: ## compile and run what the documentation shows; take it over: make docs ARGS=-Dsnippets.write=true
	./mvnw -q -Dfast -pl docs/snippets -am test '-Dtest=rillite.docs.**' -Dsurefire.failIfNoSpecifiedTests=false $(ARGS)

api: ## Javadoc of the public API, into target/reports/apidocs
	./mvnw -q -Dfast -Dbuild.dir=target compile javadoc:aggregate-no-fork

bench: ## the comparisons, to see that they run; the numbers: make bench ARGS=-Dbench.mode=full
	./mvnw -q -Dfast -Dlaunch -pl benchmarks -am -Pbench process-classes $(or $(ARGS),-Dbench.mode=short)

jmh: ## what compiling a query costs, to see that it runs; the numbers: make jmh ARGS=-Djmh.mode=full
	./mvnw -q -Dfast -Dlaunch -pl benchmarks -am -Pjmh process-classes $(or $(ARGS),-Djmh.mode=short)

startup: ## how long a start of the command line takes; on a file of yours: make startup DB=chinook.db
	@test -n "$(DB)" || { ./rillite --version >/dev/null && : > $(SHOP) && ./rillite shell --write $(SHOP) 2>/dev/null < querysets/cli/src/test/resources/shop.sql; }
	@bash -c 'TIMEFORMAT="inspect: %R s, of these %U s on a processor"; for i in 1 2 3 4 5; do time ./rillite inspect $(or $(DB),$(SHOP)) >/dev/null; done'

demo: ## a guided tour; ./demo path/to/any.db for your own file
	./demo

.PHONY: help fast fmt it test interop docs api bench jmh startup demo
.DEFAULT_GOAL := help
