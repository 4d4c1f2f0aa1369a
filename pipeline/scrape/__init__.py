"""A forum's threads into ``raw/``: politely, completely, resumable. Built on Scrapy.

``crawl.run`` runs one crawl. What tells threads, lists and notices apart is data: ``addresses.toml``, ``pages.toml``.
Scrapy and warcio are an extra (``pip install taojin[scrape]``); nothing here imports them before a crawl begins.
"""
