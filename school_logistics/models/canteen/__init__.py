"""Canteen ledgers, a module for each group of them that is kept together. Nothing but mapped ledgers stands here."""
