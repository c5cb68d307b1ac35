"""Django's SQLite backend with the Danish collation, so that one name (`da-x-icu`) works on both databases."""
