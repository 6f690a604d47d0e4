"""Everything that writes articles, and what becomes of them."""

from __future__ import annotations

from answerable.knowledge.actions.categories import (
    add_category,
    name_category,
    place_category,
    remove_category,
)
from answerable.knowledge.actions.drafts import (
    Written,
    begin_draft,
    discard_draft,
    keep_draft,
    rebase_draft,
)
from answerable.knowledge.actions.embedding import embed_passages
from answerable.knowledge.actions.facts import About, add_article, change_facts, change_official
from answerable.knowledge.actions.files import add_file, drop_file
from answerable.knowledge.actions.importing import How, Outcome, import_articles
from answerable.knowledge.actions.indexing import index, index_article, reindex_all, unindex
from answerable.knowledge.actions.link_checking import (
    ask_outside,
    look_at_links,
    outside_left,
)
from answerable.knowledge.actions.moving import SlugTaken, lead_on, move
from answerable.knowledge.actions.ordering import (
    cancel_order,
    do_next_order,
    order_translation,
)
from answerable.knowledge.actions.publishing import (
    Empty,
    NewerArticle,
    NoOfficialText,
    Origin,
    TooLong,
    begin_text,
    publish_article,
    publish_draft,
)
from answerable.knowledge.actions.removing import remove_article, restore_article
from answerable.knowledge.actions.settling import forget_words, settle_stories
from answerable.knowledge.actions.synonyms import set_synonyms
from answerable.knowledge.actions.translations import check_translation
from answerable.knowledge.actions.visiting import (
    Visitor,
    ask,
    follow,
    go_for_contact,
    read,
    say_helpful,
    visit_of,
)
from answerable.knowledge.actions.votes import (
    Feedback,
    count_reading,
    remember_reading,
    vote,
)

__all__ = [
    "About",
    "Empty",
    "Feedback",
    "How",
    "NewerArticle",
    "NoOfficialText",
    "Origin",
    "Outcome",
    "SlugTaken",
    "TooLong",
    "Visitor",
    "Written",
    "add_article",
    "add_category",
    "add_file",
    "ask",
    "ask_outside",
    "begin_draft",
    "begin_text",
    "cancel_order",
    "change_facts",
    "change_official",
    "check_translation",
    "count_reading",
    "discard_draft",
    "do_next_order",
    "drop_file",
    "embed_passages",
    "follow",
    "forget_words",
    "go_for_contact",
    "import_articles",
    "index",
    "index_article",
    "keep_draft",
    "lead_on",
    "look_at_links",
    "move",
    "name_category",
    "order_translation",
    "outside_left",
    "place_category",
    "publish_article",
    "publish_draft",
    "read",
    "rebase_draft",
    "reindex_all",
    "remember_reading",
    "remove_article",
    "remove_category",
    "restore_article",
    "say_helpful",
    "set_synonyms",
    "settle_stories",
    "unindex",
    "visit_of",
    "vote",
]
