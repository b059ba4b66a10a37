"""Settings: `production` is the base; `demo` and `test` opt into comfort and say why."""
