"""Database addresses, as PostgreSQL's own programs and psycopg want them."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from answerable.lib.env import BadSetting, env

# What libpq calls these options in the environment.
NAMES = {"application_name": "PGAPPNAME", "options": "PGOPTIONS", "host": "PGHOST"}


def url() -> str:
    """Return the address of our database; raise BadSetting when none is named."""
    named = env("ANSWERABLE_DATABASE_URL")
    if not named:
        raise BadSetting(
            "No database is named. Set ANSWERABLE_DATABASE_URL, or run: answerable up"
        )
    return named


def name_of(address: str) -> str:
    """Return the name of the database in an address."""
    return unquote(urlsplit(address).path.strip("/"))


def beside(address: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return urlunsplit(urlsplit(address)._replace(path="/" + quote(name)))


def without_password(address: str) -> str:
    """Return the address as it may be shown."""
    parts = urlsplit(address)
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if k != "password"], safe="/")
    if parts.password is None:
        return urlunsplit(parts._replace(query=query))
    shown = parts.netloc.replace(f":{parts.password}@", "@")
    return urlunsplit(parts._replace(netloc=shown, query=query))


def surroundings(address: str) -> dict[str, str]:
    """Return the environment that tells PostgreSQL's programs where to go.

    A password given as an argument could be read by everybody on the machine.
    """
    parts = urlsplit(address)
    said = {
        "PGHOST": unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": name_of(address),
    }
    for key, value in parse_qsl(parts.query):
        said[NAMES.get(key, f"PG{key.upper()}")] = value
    return {key: value for key, value in said.items() if value}
