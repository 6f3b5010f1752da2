# Names for those who type `make`; the work is done by ./run and ./test.
.PHONY: run test check

run:
	./run

test:
	./test

check:
	.ci/run
