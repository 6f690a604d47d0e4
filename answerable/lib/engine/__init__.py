"""The database engine that the settings name: Django's PostgreSQL, with a pool like ours."""
