"""The status page: what is wrong for many, for everybody, without signing in."""
