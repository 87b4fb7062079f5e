"""What pages and entries say of themselves to others, as one key.

While it is as it was, every file that is made of nothing else (lists, entries, mentions, the sitemap) has the key that
it had, and none of them needs to be looked at. An edit within an article's text mostly leaves it as it was.
"""

from __future__ import annotations

from generator.emit.keys import key_of, value_key
from generator.site import Site
from generator.views import SiteView


def said_key(site: Site, view: SiteView) -> str:
    """Return the digest of all that `FOLLOWING` emitters may take from a site."""
    parts = [value_key((view, site.settings)), site.today.isoformat()]
    for pages in (site.articles, site.pages):
        parts.append(str(len(pages)))
        for page in pages:
            parts += (page.path, page.listed, page.explained.digest)
    for entry in site.entries:
        synopsis = entry.synopsis
        digests = (synopsis.document.digest, synopsis.mentions.digest, entry.card, entry.references)
        parts += (entry.slug, entry.url, *digests)
    return key_of(*parts)
