"""Who includes whom: docs/layers.txt."""

from foreman.testing import Suite

SUITE = Suite("includes against docs/layers.txt")


@SUITE.test()
def the_checker_finds_forbidden_includes(t):
    t.run(["python3", "tools/check_layers.py", "--self-test"]).expect(0)


@SUITE.test()
def the_tree_keeps_to_the_layers(t):
    t.run(["python3", "tools/check_layers.py"]).expect(0)
