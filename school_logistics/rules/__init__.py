"""What the office goes by: plain functions and frozen values on dates, money, food, fire, transport and identity.

Standard library only. No database, no window, no clock: today comes as an argument. A legal basis stands in the
docstring of the rule that obeys it, with the date of the text.
"""
