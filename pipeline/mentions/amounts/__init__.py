"""Money, percent and quantity mentions on top of the number grammar.

Example:
    >>> from pipeline.mentions.context import Context
    >>> text = "营收350.8亿美元，同比增长94%"
    >>> [(m.kind, str(m.value_min), m.unit) for m in find_amounts(Context(text=text, folded=text))]
    [('money', '35080000000', 'USD'), ('percent', '94', '%')]
"""

from pipeline.mentions.amounts.currency import currency_of
from pipeline.mentions.amounts.find import find_amounts

__all__ = ["currency_of", "find_amounts"]
