"""Every URL of the product with its full name, from the resolver itself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, get_resolver


def moenstre(resolver: URLResolver | None = None, navnerum: str = "") -> list[tuple[str, URLPattern]]:
    """(name with name space, pattern) of every URL, in the order in which they are tried."""
    fundne = []
    for post in (resolver or get_resolver()).url_patterns:
        if isinstance(post, URLResolver):
            under = f"{navnerum}{post.namespace}:" if post.namespace else navnerum
            fundne += moenstre(post, under)
        else:
            fundne.append((f"{navnerum}{post.name}", post))
    return fundne
