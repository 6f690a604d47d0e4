"""The help centre's articles: their versions, their translations, who may read them, search."""
