"""The test suites; tools/foreman/testing.py runs them and docs/testing.md tells about them."""
