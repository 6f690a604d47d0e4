"""The one guarded way out: everything that we ask of the web goes through `client.fetch`."""
