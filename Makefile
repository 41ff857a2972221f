# One word a task; make.sh does the work and also runs where make is missing: `sh make.sh demo`.
TASKS = demo test lint bench fuzz format docs page package build clean help

.PHONY: all $(TASKS)

all: build

$(TASKS):
	@sh make.sh $@
