"""Rules of this room that know no database."""
