"""What Answerable costs and how fast it is, measured (docs/bench.md)."""
