"""A form sent after the log-in ran out is kept for 24 hours and offered again to the same user in the same browser.

What is kept, and when:

* Only a POST that Django has found genuine. CsrfViewMiddleware stands before ours, and its check does not depend on
  the log-in: the token follows the browser's csrftoken cookie, which outlives the session. So the form came from one
  of our own pages in this browser; one that fails the check has got its 403 before we see it.
* Only for the user who was last logged in here, whom a signed cookie names (`kager`); logging out removes it.
* Not what scripts send (they keep the page and try again), not files, not above 1 MB, and nothing with a password:
  allauth's pages never get this far.

It is encrypted with a key made of SECRET_KEY and a random key that only the browser's cookie holds: neither the
database nor the server can read it alone. After log-in as the same user a page names the address, shows what was
typed, and sends it again only when its button is pressed; nothing is ever sent by opening a page.
"""

from socialaftale.kerne.gemtpost.login import efter_log_paa

__all__ = ["efter_log_paa"]
