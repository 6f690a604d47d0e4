"""Rules as data: read, judged, and said in a sentence. Pure."""
