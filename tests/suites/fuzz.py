from foreman.testing import Suite
SUITE = Suite("")
